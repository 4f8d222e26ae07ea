// Pages in Chromium, as a reader has them.
import puppeteer from 'puppeteer-core';
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

/** Chromium, or the end of the program where there is none. */
export async function launch() {
  const program = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
      .find(file => file && existsSync(file));
  if (!program) {
    console.error('Chromium is not installed; name its program in CHROMIUM.');
    process.exit(2);
  }
  return puppeteer.launch({executablePath: program, args: ['--no-sandbox', '--disable-gpu']});
}

/** A file in a window of that size, on paper or in a light or dark scheme. */
export async function open(browser, file, {width, height = 900, scheme, print = false, phone = false}) {
  const page = await browser.newPage();
  await page.setViewport({width, height, isMobile: phone});
  // Puppeteer's two calls for this undo each other.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', {
    media: print ? 'print' : 'screen',
    features: [{name: 'prefers-color-scheme', value: scheme}],
  });
  await page.goto(pathToFileURL(resolve(file)).href);
  return page;
}
