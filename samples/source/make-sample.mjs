/**
 * Makes the sample lessons again: figures (SVG → PNG), the lesson as PDF, the presentation as PPTX.
 * Run `node samples/source/make-sample.mjs` after a change of the sources; it needs Chromium ("apt-get install chromium", or a
 * path as its argument).
 */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { makePresentation } from './presentation.mjs';

const source = dirname(fileURLToPath(import.meta.url));
const samples = dirname(source);
const figures = join(source, 'figures');

async function drawFigures(browser) {
  const page = await browser.newPage({ deviceScaleFactor: 1.5 });
  for (const name of (await readdir(figures)).filter((file) => file.endsWith('.svg'))) {
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(await readFile(join(figures, name), 'utf8'));
    await page.setViewportSize({ width: Number(width), height: Number(height) });
    await page.goto(pathToFileURL(join(figures, name)).href);
    await page.waitForTimeout(300); // the fonts of a stand-alone SVG have no event to wait for
    const picture = await page.screenshot();
    await sharp(picture).png({ palette: true, colours: 160, compressionLevel: 9 }).toFile(join(figures, name.replace('.svg', '.png')));
  }
  await page.close();
}

async function printLesson(browser, name) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(source, `${name}.html`)).href);
  await page.evaluate('document.fonts.ready');
  const footer = '<div style="width:100%;font:8px sans-serif;color:#6b7a70;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';
  await page.pdf({
    path: join(samples, `${name}.pdf`),
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footer,
    margin: { top: '18mm', bottom: '20mm', left: '20mm', right: '20mm' },
    tagged: true,
    outline: true,
  });
  await page.close();
}

const browser = await chromium.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'] });
try {
  await mkdir(figures, { recursive: true });
  await drawFigures(browser);
  await printLesson(browser, 'aula-fotossintese');
} finally {
  await browser.close();
}
await writeFile(join(samples, 'aula-juros.pptx'), await makePresentation(join(figures, 'juros.png')));
for (const name of ['aula-fotossintese.pdf', 'aula-juros.pptx']) console.log(name, (await stat(join(samples, name))).size, 'bytes');
