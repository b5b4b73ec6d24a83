import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// A zone no machine here is in and with an offset of 5:45: a test that passes by the luck of UTC fails.
process.env.TZ = "Asia/Kathmandu";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

export default defineConfig({
  resolve: { alias },
  test: {
    pool: "forks",
    // A process goes on with the modules the file before it has read, as a desk does for all its life: reading them anew
    // for each file took longer than most files. So what a test changes in its process it puts back.
    isolate: false,
    // Most of them wait for sockets and the database, not for a core.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Limits for a hang, not expectations: nothing here measures time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["test/unit/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts"],
          globalSetup: ["test/global-setup.ts"],
        },
      },
    ],
  },
});
