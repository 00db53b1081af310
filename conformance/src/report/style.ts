import { styleText } from "node:util";

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
}

/** Colours where the stream is a terminal that wants them, plain text elsewhere. */
export function styleFor(stream: NodeJS.WriteStream, wantsColour: boolean): Style {
  const isColoured = wantsColour && stream.isTTY && stream.hasColors();
  const paint =
    (format: Parameters<typeof styleText>[0]): Paint =>
    (text) =>
      isColoured ? styleText(format, text, { validateStream: false }) : text;
  return { bold: paint("bold"), dim: paint("dim"), red: paint("red"), green: paint("green"), yellow: paint("yellow") };
}
