import fc from "fast-check";
import { test } from "vitest";

import { elevationModel } from "../../test/elevation-model/model-property.ts";
import { replayPathOfRun, runParameters } from "../../test/elevation-model/run-parameters.ts";
import { ReferenceElevationGate } from "./index.ts";

test("the gate does what the oracle says, whatever happens to it in whatever order", { timeout: 60_000 }, async () => {
  const property = elevationModel((options) => new ReferenceElevationGate(options), replayPathOfRun());
  await fc.assert(property, runParameters(300));
});
