import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import packaged from '@sparticuz/chromium';

const SYSTEM = '/usr/bin/chromium';

/** Chromium without a window: the system's, else the one that comes as a package. */
export async function launchBrowser(): Promise<Browser> {
  const system = existsSync(SYSTEM);
  return chromium.launch({
    executablePath: system ? SYSTEM : await packaged.executablePath(),
    headless: true,
    args: [
      ...(system ? [] : packaged.args),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
