import { build, checkNode, generate, install } from "./prepare.mjs";
import { fail, run } from "./stage.mjs";

/** The soak from a bare checkout: it kills the real server, pages and all, so they have to be there. */
checkNode();
await install();
await generate();
if (!(await build())) fail("The pages could not be built: see the messages above.");
process.exit(await run(process.execPath, ["--import", "tsx", "test/soak/main.ts", ...process.argv.slice(2)]));
