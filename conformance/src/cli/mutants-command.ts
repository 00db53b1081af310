export async function mutantsCommand(): Promise<number> {
  return 0;
}
