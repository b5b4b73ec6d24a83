/** Protobuf written by hand, number by number, so that a fault of the desk's schema is not repeated here. */
export type Field = readonly [number: number, value: string | number | bigint | Uint8Array];

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return bytes;
}

/** A message of these fields in this order; what is 0 or empty is left out, as proto3 does. */
export function message(...fields: readonly Field[]): Buffer {
  const parts: Buffer[] = [];
  for (const [number, value] of fields) {
    if (value === "" || value === 0 || value === 0n) continue;
    if (typeof value === "number" || typeof value === "bigint") {
      parts.push(Buffer.from([...varint(BigInt(number) << 3n), ...varint(BigInt(value))]));
      continue;
    }
    const bytes = Buffer.from(value);
    parts.push(Buffer.from([...varint((BigInt(number) << 3n) | 2n), ...varint(BigInt(bytes.length))]), bytes);
  }
  return Buffer.concat(parts);
}
