/**
 * Gunzip for browsers without DecompressionStream (WebViews of older phones). RFC 1951 and 1952; loaded only when needed.
 */
(() => {
  "use strict";
  const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
  const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
  const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  /**
   * Canonical Huffman table from code lengths: counts by length, and symbols in order.
   * @param {number[]} lengths
   */
  const table = (lengths) => {
    const counts = new Uint16Array(16);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const offsets = new Uint16Array(16);
    for (let i = 1; i < 16; i += 1) offsets[i] = offsets[i - 1] + counts[i - 1];
    const symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length) symbols[offsets[length]++] = symbol;
    });
    return { counts, symbols };
  };

  /** Reads bits, low first. */
  class Bits {
    /** @param {Uint8Array} bytes @param {number} at */
    constructor(bytes, at) {
      this.bytes = bytes;
      this.at = at;
      this.hold = 0;
      this.held = 0;
    }
    /** @param {number} count @returns {number} */
    take(count) {
      while (this.held < count) {
        if (this.at >= this.bytes.length) throw new Error("unexpected end of compressed data");
        this.hold |= this.bytes[this.at++] << this.held;
        this.held += 8;
      }
      const value = this.hold & ((1 << count) - 1);
      this.hold >>>= count;
      this.held -= count;
      return value;
    }
    /** @param {{counts: Uint16Array, symbols: Uint16Array}} table @returns {number} */
    symbol({ counts, symbols }) {
      let code = 0;
      let first = 0;
      let index = 0;
      for (let length = 1; length < 16; length += 1) {
        code |= this.take(1);
        const count = counts[length];
        if (code - count < first) return symbols[index + (code - first)];
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      throw new Error("bad code in compressed data");
    }
  }

  const fixed = () => [
    table(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    table(new Array(30).fill(5)),
  ];

  /** @param {Bits} bits */
  const dynamic = (bits) => {
    const literals = bits.take(5) + 257;
    const distances = bits.take(5) + 1;
    const count = bits.take(4) + 4;
    const lengths = new Array(19).fill(0);
    for (let i = 0; i < count; i += 1) lengths[ORDER[i]] = bits.take(3);
    const codes = table(lengths);
    /** @type {number[]} */
    const all = [];
    while (all.length < literals + distances) {
      const symbol = bits.symbol(codes);
      if (symbol < 16) all.push(symbol);
      else {
        const value = symbol === 16 ? all[all.length - 1] : 0;
        const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
        for (let i = 0; i < times; i += 1) all.push(value);
      }
    }
    return [table(all.slice(0, literals)), table(all.slice(literals))];
  };

  /** @param {Uint8Array} data a gzip file @returns {Uint8Array<ArrayBuffer>} */
  const gunzip = (data) => {
    if (data[0] !== 0x1f || data[1] !== 0x8b || data[3] !== 0) throw new Error("not the gzip this program writes");
    const size = new DataView(data.buffer, data.byteOffset).getUint32(data.length - 4, true);
    const out = new Uint8Array(size);
    const bits = new Bits(data, 10);
    let end = 0;
    for (let last = 0; !last; ) {
      last = bits.take(1);
      const kind = bits.take(2);
      if (kind === 0) {
        bits.hold = bits.held = 0;
        const length = data[bits.at] | (data[bits.at + 1] << 8);
        out.set(data.subarray(bits.at + 4, bits.at + 4 + length), end);
        bits.at += 4 + length;
        end += length;
        continue;
      }
      const [literals, distances] = kind === 1 ? fixed() : dynamic(bits);
      for (let symbol = bits.symbol(literals); symbol !== 256; symbol = bits.symbol(literals)) {
        if (symbol < 256) {
          out[end++] = symbol;
          continue;
        }
        const length = LENGTH_BASE[symbol - 257] + bits.take(LENGTH_EXTRA[symbol - 257]);
        const code = bits.symbol(distances);
        const distance = DISTANCE_BASE[code] + bits.take(code < 2 ? 0 : (code >> 1) - 1);
        for (let i = 0; i < length; i += 1, end += 1) out[end] = out[end - distance];
      }
    }
    return out;
  };

  /** @type {ColumnSearch} */
  const root = globalThis.columnSearch || (globalThis.columnSearch = {});
  root.gunzip = gunzip;
})();
