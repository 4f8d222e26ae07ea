// Opens pages in Chromium as readers see them, and says what a reader could not read:
//   node check.mjs [--pictures=FOLDER] PAGE…
// axe looks at headings, contrast, tables and labels; besides, nothing may be wider than its page.
import axe from 'axe-core';
import puppeteer from 'puppeteer-core';
import {existsSync, mkdirSync} from 'node:fs';
import {basename, join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const WIDE = 1200, PHONE = 390;
const A4 = 688; // what the margins of the print style leave of 210 mm, in pixels
const MODES = [
  {name: 'light', width: WIDE}, {name: 'dark', width: WIDE},
  {name: 'light', width: PHONE}, {name: 'dark', width: PHONE},
  {name: 'print', width: A4},
];

const pictures = process.argv.find(argument => argument.startsWith('--pictures='))?.slice(11);
const pages = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const chromium = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .find(file => file && existsSync(file));
if (!chromium || pages.length === 0) {
  console.error(chromium ? 'Name the pages to check.' : 'Chromium is not installed; name its program in CHROMIUM.');
  process.exit(2);
}

/** Elements that stick out of the page, but for what can be scrolled on a screen. */
function tooWide(print) {
  const width = document.documentElement.clientWidth + 1;
  const scrolls = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) {
        return true;
      }
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
      .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width)
      .filter(element => print || !scrolls(element))
      .map(element => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`);
}

const browser = await puppeteer.launch({executablePath: chromium, args: ['--no-sandbox', '--disable-gpu']});
let violations = 0;
for (const file of pages) {
  for (const {name, width} of MODES) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.setViewport({width, height: 900, isMobile: width === PHONE});
    await page.emulateMediaType(name === 'print' ? 'print' : 'screen');
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: name === 'dark' ? 'dark' : 'light'}]);
    await page.goto(pathToFileURL(resolve(file)).href);
    if (pictures) {
      mkdirSync(pictures, {recursive: true});
      await page.screenshot({path: join(pictures, `${basename(file, '.html')}-${width}-${name}.png`), fullPage: true});
    }
    // What is folded away must be readable too.
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => details.open = true));
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => (await axe.run()).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${rule.help}`)));
    const wide = (await page.evaluate(tooWide, name === 'print')).map(element => `wider than the page: ${element}`);
    for (const violation of [...found, ...wide]) {
      console.log(`${basename(file)}, ${name}, ${width} px: ${violation}`);
    }
    violations += found.length + wide.length;
    await page.close();
  }
}
await browser.close();
console.log(`${pages.length} pages × ${MODES.length} modes: ${violations} violations`);
process.exit(violations > 0 ? 1 : 0);
