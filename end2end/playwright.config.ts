import { defineConfig, devices } from '@playwright/test';

// Every spec runs on SQLite; those tagged @both run on PostgreSQL as well, and those tagged @postgres only there.
const browser = {
  ...devices['Desktop Chrome'],
  viewport: { width: 1440, height: 900 },
  locale: 'en-US',
  launchOptions: {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'],
  },
};

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'results',
  workers: 2,
  retries: 0,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  reporter: [['list']],
  use: { ...browser, screenshot: 'only-on-failure', trace: 'off' },
  projects: [
    { name: 'sqlite', grepInvert: /@postgres/, metadata: { database: 'sqlite' } },
    { name: 'postgres', grep: /@both|@postgres/, metadata: { database: 'postgres' } },
  ],
});
