import { defineConfig } from "@playwright/test";
import { browserFlags } from "./scripts/browser.mjs";

// The desk, the simulators and this runner share the zone; an odd one, so that nothing passes by the luck of UTC.
process.env.TZ = "Asia/Kathmandu";

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "test/e2e",
  globalSetup: "test/e2e/data-directory.ts",
  // Each file has a desk of its own. A test that needs a second try has a fault.
  workers: 2,
  retries: 0,
  fullyParallel: false,
  forbidOnly: true,
  // For what hangs, not for what is slow: a busy machine takes many times what an idle one does.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  outputDir: "test-results",
  reporter: "list",
  use: {
    browserName: "chromium",
    timezoneId: "Asia/Kathmandu",
    launchOptions: { args: browserFlags, ...(executablePath ? { executablePath } : {}) },
    // Without its film, which takes a good part of a core for every browser.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
});
