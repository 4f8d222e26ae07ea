// Opens pages in Chromium as readers see them, and says what a reader could not read:
//   node check.mjs [--pictures=FOLDER] PAGE…
// axe looks at headings, contrast, tables and labels; besides, nothing may be wider than its page.
import axe from 'axe-core';
import {launch, open} from './browser.mjs';
import {mkdirSync} from 'node:fs';
import {basename, join} from 'node:path';

const WIDE = 1200, PHONE = 390;
const A4 = 688; // what the margins of the print style leave of 210 mm, in pixels
const MODES = [
  {name: 'light', width: WIDE, scheme: 'light'},
  {name: 'dark', width: WIDE, scheme: 'dark'},
  {name: 'light', width: PHONE, scheme: 'light', phone: true},
  {name: 'dark', width: PHONE, scheme: 'dark', phone: true},
  {name: 'print', width: A4, scheme: 'dark', print: true},
];

const pictures = process.argv.find(argument => argument.startsWith('--pictures='))?.slice(11);
const pages = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
if (pages.length === 0) {
  console.error('Name the pages to check.');
  process.exit(2);
}

/** Elements that stick out of the page, but for what can be scrolled on a screen. */
function tooWide(width, print) {
  const scrolls = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) {
        return true;
      }
    }
    return false;
  };
  return [...document.body.querySelectorAll('*')]
      .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
      .filter(element => print || !scrolls(element))
      .map(element => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`);
}

/** Texts in a column so narrow that words break letter by letter. */
function tooNarrow() {
  return [...document.body.querySelectorAll('p, li, dd, dt, td, th, caption')]
      .filter(element => element.checkVisibility() && element.textContent.trim().length > 20)
      .filter(element => element.getBoundingClientRect().width < 40)
      .map(element => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`);
}

const browser = await launch();
let violations = 0;
for (const file of pages) {
  for (const mode of MODES) {
    const page = await open(browser, file, mode);
    if (pictures) {
      mkdirSync(pictures, {recursive: true});
      await page.screenshot({path: join(pictures, `${basename(file, '.html')}-${mode.width}-${mode.name}.png`), fullPage: true});
    }
    // What is folded away must be readable too.
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => details.open = true));
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => (await axe.run()).violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${rule.help}`)));
    const wide = (await page.evaluate(tooWide, mode.width, mode.print ?? false)).map(element => `wider than the page: ${element}`);
    const narrow = (await page.evaluate(tooNarrow)).map(element => `too narrow to read: ${element}`);
    for (const violation of [...found, ...wide, ...narrow]) {
      console.log(`${basename(file)}, ${mode.name}, ${mode.width} px: ${violation}`);
    }
    violations += found.length + wide.length + narrow.length;
    await page.close();
  }
}
await browser.close();
console.log(`${pages.length} pages × ${MODES.length} modes: ${violations} violations`);
process.exit(violations > 0 ? 1 : 0);
