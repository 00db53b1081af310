export function countOccurrences(text: string, part: string): number {
  return part === "" ? 0 : text.split(part).length - 1;
}
