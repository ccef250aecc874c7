"""The .tar.gz as TF Hub serves it: ./ entries; the same bytes every time."""
import gzip
import os
import tarfile

WRITTEN = 1536000000  # a time in September 2018


def pack(folder, archive, level):
    with open(archive, "wb") as file, gzip.GzipFile("", "wb", level, file, mtime=0) as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar: _add(tar, folder, ".")


def _add(tar, path, name):
    entry = tarfile.TarInfo(name)
    entry.mtime = WRITTEN
    if os.path.isdir(path):
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
        tar.addfile(entry)
        for child in sorted(os.listdir(path)): _add(tar, os.path.join(path, child), f"{name}/{child}")
        return
    entry.size, entry.mode = os.path.getsize(path), 0o644
    with open(path, "rb") as content: tar.addfile(entry, content)
