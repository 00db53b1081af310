import process from "node:process";

/** What can be measured. Each takes the rest of the command line and gives the exit status. */
const benchmarks: Readonly<Record<string, { readonly summary: string; load(): Promise<(args: readonly string[]) => Promise<number>> }>> = {
  elevation: {
    summary: "latency of check and acquire against a Map and a write; memory after 100,000 requests",
    load: async () => (await import("./elevation.ts")).benchmarkElevation,
  },
  "html-report": {
    summary: "time to open the HTML report of 300 rows, against as many bytes of text and an empty page",
    load: async () => (await import("./html-report.ts")).benchmarkHtmlReport,
  },
  scanner: {
    summary: "files/s, MB/s, CPU and memory of the skill scanner, against OpenClaw's",
    load: async () => (await import("./scanner.ts")).benchmarkScanner,
  },
  watch: {
    summary: "time from a change to the rows that failed last, and to all of them, against the command line",
    load: async () => (await import("./watch.ts")).benchmarkWatch,
  },
};

process.exitCode = await run(process.argv.slice(2));

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help") {
    console.log(listing());
    return 0;
  }
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (!benchmark) {
    console.error(`There is no benchmark ${JSON.stringify(name)}.\n${listing()}`);
    return 2;
  }
  return (await benchmark.load())(args);
}

function listing(): string {
  const lines = Object.entries(benchmarks).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`);
  return ["Benchmarks (pnpm bench <name>; --help after the name lists its options):", ...lines].join("\n");
}
