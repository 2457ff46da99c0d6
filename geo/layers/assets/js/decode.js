// Reading the data block: what `geo/layers/encoding.py` writes.
(function (atlas) {
  "use strict";

  const TYPES = {
    u8: Uint8Array, i8: Int8Array, u16: Uint16Array, i16: Int16Array,
    u32: Uint32Array, i32: Int32Array, f32: Float32Array, f64: Float64Array,
  };

  /** All pieces of the page's data block, by the name of their element. */
  function dataBlock() {
    return JSON.parse(document.getElementById("atlas-data").textContent);
  }

  /** A packed value: at once where it is plain, inflated where it is not. */
  async function unpack(packed) {
    if (!packed) return null;
    if ("plain" in packed) return packed.plain;
    const stream = new Blob([bytesOf(packed.deflate)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  }

  /** A typed array. */
  function numbers(encoded) {
    const bytes = bytesOf(encoded.base64);
    return new TYPES[encoded.type](bytes.buffer, 0, bytes.length / TYPES[encoded.type].BYTES_PER_ELEMENT);
  }

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  /** A column: `at(row)` is its value; null is null for numbers and "" for texts. */
  function column(encoded) {
    if (encoded.texts) return { values: encoded.texts, at: (row) => encoded.texts[row] };
    if (encoded.values) {
      const codes = numbers(encoded.codes);
      const values = encoded.values;
      return { codes, values, at: (row) => values[codes[row]] };
    }
    const raw = numbers(encoded.numbers);
    const { base, scale } = encoded;
    return { raw, base, scale, at: (row) => (raw[row] === 0 ? null : (raw[row] - 1 + base) * scale) };
  }

  function columns(encoded) {
    return Object.fromEntries(Object.entries(encoded).map(([name, value]) => [name, column(value)]));
  }

  Object.assign(atlas, { dataBlock, unpack, numbers, column, columns });
})((window.ConflictAtlas = window.ConflictAtlas || {}));
