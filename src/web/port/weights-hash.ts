import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { SHARD_BYTES } from "../../formats/tfjs/shard-size.js";

/** Of weights in the files that `convert --to tfjs` writes: SHA-256 over the hashes of the files, each in 64 hexadecimal digits. */
export interface WeightsHash {
  add(bytes: Uint8Array): void;
  /** 64 hexadecimal digits. Call it once, at the end. */
  digest(): string;
}

/** Takes the bytes of all weights, in their order. */
export function weightsHash(): WeightsHash {
  const whole = sha256.create();
  let shard = sha256.create();
  let filled = 0;

  function complete(): void {
    whole.update(utf8ToBytes(bytesToHex(shard.digest())));
    shard = sha256.create();
    filled = 0;
  }

  return {
    add(bytes) {
      for (let from = 0; from < bytes.length; ) {
        const part = bytes.subarray(from, from + SHARD_BYTES - filled);
        shard.update(part);
        from += part.length;
        filled += part.length;
        if (filled === SHARD_BYTES) complete();
      }
    },
    digest() {
      if (filled > 0) complete();
      return bytesToHex(whole.digest());
    },
  };
}
