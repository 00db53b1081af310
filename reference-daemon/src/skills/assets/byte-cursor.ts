/** The file ended in the middle of what was to be read. */
class OutOfBytes extends Error {
  override readonly name = "OutOfBytes";
}

/** Reads a binary format from its start. Reading past the end throws {@link OutOfBytes}. */
export class ByteCursor {
  readonly bytes: Buffer;
  offset: number;

  constructor(bytes: Buffer, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  take(length: number): Buffer {
    if (length > this.left) throw new OutOfBytes();
    const taken = this.bytes.subarray(this.offset, this.offset + length);
    this.offset += length;
    return taken;
  }

  text(length: number): string {
    return this.take(length).toString("latin1");
  }

  uint8(): number {
    return this.take(1).readUInt8();
  }

  uint16(): number {
    return this.take(2).readUInt16BE();
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  uint32LittleEndian(): number {
    return this.take(4).readUInt32LE();
  }
}

/** What `check` finds, where a file that is cut short is a problem like any other. */
export function problemIn(bytes: Buffer, check: (cursor: ByteCursor) => string | null): string | null {
  try {
    return check(new ByteCursor(bytes));
  } catch (error) {
    if (error instanceof OutOfBytes) return "is cut short";
    throw error;
  }
}
