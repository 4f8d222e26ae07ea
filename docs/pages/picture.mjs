// The top of a page as the README shows it, light and dark:
//   docs/pages/check && node docs/pages/target/picture.mjs evenhand-out/fair.report.html docs/images
import {launch, open} from './browser.mjs';
import {join} from 'node:path';

const [file, folder] = process.argv.slice(2);
const browser = await launch();
for (const scheme of ['light', 'dark']) {
  const page = await open(browser, file, {width: 1100, height: 1365, scheme});
  await page.screenshot({path: join(folder, scheme === 'dark' ? 'report-dark.png' : 'report.png')});
}
await browser.close();
