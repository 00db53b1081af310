import type { AssetType } from "@flynn/sdk/skill-scanner";

/** What a known binary format is, which decides the rule that refuses it. */
export type BinaryKind = "executable" | "bytecode" | "archive" | "document" | "data" | "media";

export interface Signature {
  readonly kind: BinaryKind;
  /** For people: "It is <label>". */
  readonly label: string;
  /** Each must stand at its offset; text is taken as Latin-1. */
  readonly marks: readonly (readonly [offset: number, bytes: string])[];
  /**
   * The mark could be how a harmless text begins, so that it counts only in a file that is not text. All other marks hold a
   * byte that text does not have, or too many letters for chance.
   */
  readonly unlessText?: boolean;
  /** The policy may allow files of this type. */
  readonly asset?: AssetType;
}

const at = (offset: number, bytes: string): readonly [number, string] => [offset, bytes];
const start = (kind: BinaryKind, label: string, bytes: string): Signature => ({ kind, label, marks: [at(0, bytes)] });
const weak = (kind: BinaryKind, label: string, ...marks: Signature["marks"]): Signature => ({ kind, label, marks, unlessText: true });
const asset = (type: AssetType, signature: Signature): Signature => ({ ...signature, asset: type });

const executables: readonly Signature[] = [
  start("executable", "an ELF executable or library", "\x7FELF"),
  weak("executable", "a Windows or DOS executable", at(0, "MZ")),
  start("executable", "a Mach-O executable", "\xFE\xED\xFA\xCE"),
  start("executable", "a Mach-O executable", "\xFE\xED\xFA\xCF"),
  start("executable", "a Mach-O executable", "\xCE\xFA\xED\xFE"),
  start("executable", "a Mach-O executable", "\xCF\xFA\xED\xFE"),
  start("executable", "a Mach-O universal executable", "\xCA\xFE\xBA\xBF"),
  start("executable", "a Mach-O universal executable", "\xBE\xBA\xFE\xCA"),
  start("executable", "a WebAssembly module", "\0asm"),
  start("executable", "a Windows shortcut", "L\0\0\0\x01\x14\x02\0"),
];

const bytecodes: readonly Signature[] = [
  // The number behind CAFEBABE is a version in Java and a count of architectures in Mach-O; neither may run here.
  start("bytecode", "a Java class or a Mach-O universal executable", "\xCA\xFE\xBA\xBE"),
  start("bytecode", "a packed Java archive", "\xCA\xFE\xD0\x0D"),
  start("bytecode", "an Android DEX file", "dex\n0"),
  start("bytecode", "compiled Lua", "\x1BLua"),
  start("bytecode", "compiled LuaJIT", "\x1BLJ"),
  start("bytecode", "LLVM bitcode", "BC\xC0\xDE"),
  start("bytecode", "Hermes bytecode", "\xC6\x1F\xBC\x03\xC1\x03\x19\x1F"),
  ...["\x0B", "\x0C", "\x0D", "\x0E", "\x0F", "\xF2", "\xF3"].map((high) => weak("bytecode", "compiled Python", at(1, `${high}\r\n`))),
  weak("bytecode", "a V8 code cache", at(2, "\xDE\xC0")),
  weak("bytecode", "compiled Erlang", at(0, "FOR1"), at(8, "BEAM")),
  weak("bytecode", "compiled Ruby", at(0, "YARB")),
  weak("bytecode", "compiled Emacs Lisp", at(0, ";ELC")),
  weak("bytecode", "compiled OCaml", at(0, "Caml1999")),
  ...["FWS", "CWS", "ZWS"].map((mark) => weak("bytecode", "a Flash film", at(0, mark))),
];

const archives: readonly Signature[] = [
  start("archive", "a ZIP archive", "PK\x03\x04"),
  start("archive", "a ZIP archive", "PK\x05\x06"),
  start("archive", "a ZIP archive", "PK\x07\x08"),
  start("archive", "gzip data", "\x1F\x8B"),
  start("archive", "compress data", "\x1F\x9D"),
  start("archive", "compress data", "\x1F\xA0"),
  start("archive", "packed data", "\x1F\x1E"),
  { kind: "archive", label: "bzip2 data", marks: [at(0, "BZh"), at(4, "1AY&SY")] },
  { kind: "archive", label: "bzip2 data", marks: [at(0, "BZh"), at(4, "\x17rE8P\x90")] },
  start("archive", "xz data", "\xFD7zXZ\0"),
  start("archive", "lzma data", "]\0\0"),
  weak("archive", "lzip data", at(0, "LZIP")),
  start("archive", "zstd data", "\x28\xB5\x2F\xFD"),
  start("archive", "lz4 data", "\x04\x22\x4D\x18"),
  start("archive", "snappy data", "\xFF\x06\0\0sNaPpY"),
  start("archive", "a 7z archive", "7z\xBC\xAF\x27\x1C"),
  start("archive", "a RAR archive", "Rar!\x1A\x07"),
  { kind: "archive", label: "a tar archive", marks: [at(257, "ustar\0")] },
  { kind: "archive", label: "a tar archive", marks: [at(257, "ustar  \0")] },
  start("archive", "a cabinet archive", "MSCF\0\0\0\0"),
  start("archive", "an ar archive or a Debian package", "!<arch>\n"),
  start("archive", "a thin ar archive", "!<thin>\n"),
  start("archive", "an RPM package", "\xED\xAB\xEE\xDB"),
  weak("archive", "a cpio archive", at(0, "\xC7\x71")),
  weak("archive", "a cpio archive", at(0, "\x71\xC7")),
  weak("archive", "a cpio archive", at(0, "07070")),
  weak("archive", "a xar archive", at(0, "xar!")),
  weak("archive", "a squashfs image", at(0, "hsqs")),
  weak("archive", "a squashfs image", at(0, "sqsh")),
  weak("archive", "an LHA archive", at(2, "-lh"), at(6, "-")),
  weak("archive", "an ARJ archive", at(0, "\x60\xEA")),
  weak("archive", "an ACE archive", at(7, "**ACE**")),
  weak("archive", "a Windows image", at(0, "MSWIM\0\0\0")),
  weak("archive", "an ISO 9660 image", at(32_769, "CD001")),
];

const documents: readonly Signature[] = [
  start("document", "an OLE document, as old Office files and installers are", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
  start("document", "a PDF document", "%PDF-1."),
  start("document", "a PDF document", "%PDF-2."),
  start("document", "an RTF document", "{\\rtf1"),
  weak("document", "a compiled help file", at(0, "ITSF")),
];

const data: readonly Signature[] = [
  start("data", "an SQLite database", "SQLite format 3\0"),
  start("data", "serialised Java objects", "\xAC\xED\0\x05"),
  start("data", "a Java key store", "\xFE\xED\xFE\xED"),
  start("data", "a NumPy array, which can hold pickled objects", "\x93NUMPY"),
  start("data", "an HDF5 file", "\x89HDF\r\n\x1A\n"),
  weak("data", "a GGUF model", at(0, "GGUF")),
  weak("data", "a Parquet file", at(0, "PAR1")),
  weak("data", "a property list", at(0, "bplist")),
];

const media: readonly Signature[] = [
  asset("png", start("media", "a PNG image", "\x89PNG\r\n\x1A\n")),
  asset("jpeg", start("media", "a JPEG image", "\xFF\xD8\xFF")),
  // The letters of the signature are a variable's name to a script engine, and these signs make an expression of it.
  ...["GIF87a=", "GIF87a/*", "GIF89a=", "GIF89a/*"].map((mark) => start("media", "a GIF image that is also a script", mark)),
  asset("gif", weak("media", "a GIF image", at(0, "GIF87a"))),
  asset("gif", weak("media", "a GIF image", at(0, "GIF89a"))),
  asset("webp", weak("media", "a WebP image", at(0, "RIFF"), at(8, "WEBP"))),
  weak("media", "a RIFF file", at(0, "RIFF")),
  weak("media", "a BMP image", at(0, "BM")),
  start("media", "a TIFF image", "II*\0"),
  start("media", "a TIFF image", "MM\0*"),
  start("media", "an icon", "\0\0\x01\0"),
  weak("media", "a film or picture in an ISO container", at(4, "ftyp")),
  start("media", "a Matroska film", "\x1A\x45\xDF\xA3"),
  weak("media", "a sound with an ID3 tag", at(0, "ID3")),
  start("media", "an MP3 sound", "\xFF\xFB"),
  weak("media", "an Ogg file", at(0, "OggS")),
  weak("media", "a FLAC sound", at(0, "fLaC")),
  asset("woff2", weak("media", "a WOFF2 font", at(0, "wOF2"))),
  weak("media", "a WOFF font", at(0, "wOFF")),
  weak("media", "an OpenType font", at(0, "OTTO")),
  asset("ttf", start("media", "a TrueType font", "\0\x01\0\0")),
  asset("ttf", weak("media", "a TrueType font", at(0, "true"))),
  weak("media", "a collection of fonts", at(0, "ttcf")),
];

/** In the order in which they are tried: what runs comes first. */
export const signatures: readonly Signature[] = [...executables, ...bytecodes, ...archives, ...documents, ...data, ...media];
