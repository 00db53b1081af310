import { crc32, deflateRawSync } from "node:zlib";

/** One entry, and what an archive may say of it although it is not so. */
export interface ZipEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** The Unix mode, its type included; none unless given. */
  readonly mode?: number;
  /** The general purpose bits; UTF-8 names unless given. */
  readonly flags?: number;
  readonly method?: number;
  readonly checksum?: number;
  readonly declaredBytes?: number;
}

/** A zip file of exactly these entries, in this order. */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = headersOf(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** Of these files, without entries for their folders. */
export function zipOfFiles(files: Readonly<Record<string, string | Buffer>>): Buffer {
  return zipArchive(Object.entries(files).map(([name, content]) => ({ name, content })));
}

function headersOf(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const { content = "", mode = 0, flags = 0x0800, method = 8 } = entry;
  const name = Buffer.from(entry.name);
  const bytes = Buffer.from(content);
  const data = method === 8 ? deflateRawSync(bytes) : bytes;
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(entry.checksum ?? crc32(bytes), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(entry.declaredBytes ?? bytes.length, 18);
  common.writeUInt16LE(name.length, 22);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((mode << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  const madeByUnix = Buffer.from([0x14, 0x03]);
  return {
    local: Buffer.concat([Buffer.from("PK\x03\x04"), common, name, data]),
    central: Buffer.concat([Buffer.from("PK\x01\x02"), madeByUnix, common, rest, name]),
  };
}
