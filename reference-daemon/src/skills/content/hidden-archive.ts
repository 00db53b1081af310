const ZIP_END = Buffer.from("PK\x05\x06", "latin1");
const ZIP_END_BYTES = 22;
const LONGEST_ZIP_COMMENT = 0xffff;
const IN_ZIP64_RECORD = 0xffff_ffff;
const TAR_HEADER_BYTES = 512;
const DISK_IMAGE_TRAILER_BYTES = 512;

/** What programs that look elsewhere than at the first bytes would take the file for; null if for nothing. */
export function hiddenArchive(bytes: Buffer): string | null {
  if (hasZipEnd(bytes)) return "a ZIP archive by its end";
  if (isOldTar(bytes)) return "a tar archive";
  return hasDiskImageTrailer(bytes) ? "a disk image by its end" : null;
}

/** ZIP readers look for the last end record and accept anything before it, and some of them anything after it. */
function hasZipEnd(bytes: Buffer): boolean {
  const lowest = Math.max(0, bytes.length - ZIP_END_BYTES - LONGEST_ZIP_COMMENT);
  let offset = bytes.lastIndexOf(ZIP_END);
  while (offset >= lowest) {
    if (isZipEnd(bytes, offset)) return true;
    offset = offset === 0 ? -1 : bytes.lastIndexOf(ZIP_END, offset - 1);
  }
  return false;
}

/** One disk, and a directory that lies before the record, here or in a ZIP64 record: four bytes alone can be chance. */
function isZipEnd(bytes: Buffer, offset: number): boolean {
  if (offset + ZIP_END_BYTES > bytes.length) return false;
  const isOneDisk = bytes.readUInt32LE(offset + 4) === 0 && bytes.readUInt16LE(offset + 8) === bytes.readUInt16LE(offset + 10);
  const directoryBytes = bytes.readUInt32LE(offset + 12);
  return isOneDisk && (directoryBytes <= offset || directoryBytes === IN_ZIP64_RECORD);
}

/** Tar before POSIX has no signature, only a sum over its header in octal digits. */
function isOldTar(bytes: Buffer): boolean {
  if (bytes.length < TAR_HEADER_BYTES || bytes[0] === 0) return false;
  const stored = /^ *([0-7]{1,7})[\0 ]/u.exec(bytes.toString("latin1", 148, 156))?.[1];
  if (stored === undefined) return false;
  const header = bytes.subarray(0, TAR_HEADER_BYTES);
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return sum === Number.parseInt(stored, 8);
}

function hasDiskImageTrailer(bytes: Buffer): boolean {
  const offset = bytes.length - DISK_IMAGE_TRAILER_BYTES;
  return offset >= 0 && bytes.toString("latin1", offset, offset + 8) === "koly\0\0\0\x04";
}
