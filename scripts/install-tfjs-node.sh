#!/bin/sh
# Builds @tensorflow/tfjs-node (or tfjs-node-gpu) where its own download of libtensorflow is blocked: against the library inside a
# TensorFlow wheel for Python. Everything lands in one folder, nothing in this project's node_modules.
#
#   scripts/install-tfjs-node.sh FOLDER          the back-end tfjs-node
#   scripts/install-tfjs-node.sh FOLDER --gpu    the back-end tfjs-node-gpu; needs CUDA (not tried on real hardware yet)
#
# Needs npm, a C++ compiler, make, and Python 3.9 to 3.11 (PYTHON=…; one that has TensorFlow is used as it is, otherwise the wheel goes
# into a virtual environment in FOLDER). NODE_HEADERS=… names the prefix of Node's headers where they cannot be downloaded.
set -eu

TFJS=4.22.0
TENSORFLOW=2.15.1

if [ $# -lt 1 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0"
  exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
name=tfjs-node
wheel=tensorflow-cpu==$TENSORFLOW
variable=BIGGAN_PORT_TFJS_NODE
if [ "${2-}" = --gpu ]; then
  name=tfjs-node-gpu
  wheel="tensorflow[and-cuda]==$TENSORFLOW"
  variable=BIGGAN_PORT_TFJS_NODE_GPU
fi

python=${PYTHON:-python3}
library='import importlib.util, os; print(os.path.dirname(importlib.util.find_spec("tensorflow").origin))'
if ! wheel_folder=$("$python" -c "$library" 2>/dev/null); then
  "$python" -m venv "$folder/python"
  python=$folder/python/bin/python
  "$python" -m pip install --quiet "$wheel"
  wheel_folder=$("$python" -c "$library")
fi
echo "TensorFlow's library: $wheel_folder" >&2

cd "$folder"
[ -f package.json ] || printf '{ "private": true }\n' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error "@tensorflow/$name@$TFJS"

package=$folder/node_modules/@tensorflow/$name
mkdir -p "$package/deps/lib"
ln -sfn "$wheel_folder/include" "$package/deps/include"
for link in libtensorflow.so libtensorflow_cc.so.2; do
  ln -sf "$wheel_folder/libtensorflow_cc.so.2" "$package/deps/lib/$link"
done
for link in libtensorflow_framework.so libtensorflow_framework.so.2; do
  ln -sf "$wheel_folder/libtensorflow_framework.so.2" "$package/deps/lib/$link"
done

# The headers lie beside the node that runs, unless a distribution split them off; node-gyp downloads them when told nothing.
headers=${NODE_HEADERS:-$(node -p 'require("path").dirname(require("path").dirname(process.execPath))')}
[ -f "$headers/include/node/node_api.h" ] && set -- "--nodedir=$headers" || set --
(cd "$package" && npx --no-install node-pre-gyp install --build-from-source "$@")

node -e 'const tf = require(process.argv[1]); tf.add([1], [2]).data().then(([sum]) => { if (sum !== 3) throw new Error(`1 + 2 = ${sum}`); })' "$package"
echo "Built. Now: export $variable=$package" >&2
