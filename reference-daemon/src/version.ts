/** As in package.json, which a test compares; a constant, so that `flynn --version` reads no file. */
export const VERSION = "0.1.0";
