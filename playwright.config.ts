import { defineConfig } from "@playwright/test";

// `npm test` starts a Voltlet, finds a Chromium and gives both here.
const { SITE_URL, CHROMIUM_PATH, VOLTLET_LANE = "all" } = process.env;
// It starts servers of its own and needs nothing of the others': it may run beside them.
const APART = "**/production.spec.ts";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  outputDir: `.data/test/playwright/${VOLTLET_LANE}`,
  // One installation serves all: journeys run in turn, so that a failure points at one of them.
  workers: 1,
  projects: [
    { name: "in-turn", testIgnore: APART },
    { name: "apart", testMatch: APART },
  ],
  timeout: 30_000,
  forbidOnly: true,
  use: {
    ...(SITE_URL && { baseURL: SITE_URL }),
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: ["--no-sandbox"],
    },
  },
});
