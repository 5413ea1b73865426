// Opens HTML reports in a headless Chromium and prints what is seen there, as JSON: a line for each file.
//
//     node look.mjs [--shots FOLDER] FILE…
//
// Nothing is checked here; whoever reads the lines does that.

import { mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as playwright } from 'playwright-core'

const args = process.argv.slice(2)
const shots = args[0] === '--shots' ? args.splice(0, 2)[1] : null
if (shots) mkdirSync(shots, { recursive: true })

const launched = playwright.launch({
  executablePath: await chromium.executablePath(),
  // In one process, as Lambda needs it, it ends with its first page.
  args: chromium.args.filter((arg) => arg !== '--single-process'),
  headless: true
})
const browser = await launched.catch((error) => {
  // Not a report's fault: the machine lacks something that Chromium needs.
  console.error(String(error).split('\n').slice(0, 12).join('\n'))
  process.exit(77)
})
try {
  for (const file of args) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
    const errors = []
    const requests = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(resolve(file)).href)
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 10_000 }).catch(() => {})
    const seen = await page.evaluate(() => {
      const boxes = (selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect())
      const visible = (box) => box.width > 0 && box.height > 0
      return {
        title: document.title,
        ready: document.documentElement.hasAttribute('data-ready'),
        heading: document.querySelector('h1')?.textContent ?? null,
        text: document.body.innerText,
        charts: boxes('svg').filter(visible).length,
        marks: boxes('svg rect, svg circle, svg path, svg polyline').filter((box) => box.width + box.height > 0).length,
        rows: document.querySelectorAll('tbody tr').length,
        firstCells: [...document.querySelectorAll('tbody tr')].map((row) => row.cells[0]?.innerText),
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth
      }
    })
    if (shots) await page.screenshot({ path: join(shots, basename(file) + '.png'), fullPage: true })
    // A click on a column sorts by it.
    const heads = page.locator('thead th')
    const last = (await heads.count()) - 1
    if (last >= 0) {
      const column = page.locator('thead th').nth(Math.min(2, last))
      const target = (await column.locator('button').count()) > 0 ? column.locator('button').first() : column
      await target.click()
      seen.sorted = await page.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => row.cells[0]?.innerText))
    }
    await page.emulateMedia({ colorScheme: 'dark' })
    seen.dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    if (shots) await page.screenshot({ path: join(shots, basename(file) + '.dark.png'), fullPage: true })
    await page.setViewportSize({ width: 400, height: 800 })
    seen.wideOnPhone = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth
    )
    console.log(JSON.stringify({ file: basename(file), errors, requests: requests.length, ...seen }))
    await page.close()
  }
} finally {
  await browser.close()
}
