// Every desk on a telephone of 390 pixels, and by the keyboard alone.
import { assert, browse, isWell, openPage, quiet, stop, tell } from './lib.mjs';
import { makeVerifiedCity, sayRoutine, signIn } from './city.mjs';

const { server, site, keys, file, submit, reader } = await makeVerifiedCity();
file('GPB-1', 0);
const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
for (const id of ['C-1', 'C-2']) unit('site.add', { site: id, name: `${id}一号库`, kind: 'store', region: '360302', address: '一号路' });
unit('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: { value: '500', unit: 'kg' } }] });
unit('storage.move', { from_site: 'C-1', to_site: 'C-2', lot: 'L-1', quantity: { value: '200', unit: 'kg' } });
const browser = await browse();
const telephone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const desks = [
  ['officer', keys.unit, ['', 'record', 'record/site.add', 'goods', 'stock', 'lot/L-1', 'permits', 'permit/GPB-1', 'findings', 'entries', 'reports', 'reads', 'health', 'keys', 'verify']],
  ['police', keys.police, ['', 'findings', 'queue', 'applications', 'permits', 'goods', 'balance', 'coverage', 'reports', 'check', 'lot/L-1', 'record']],
  ['safety bureau', keys.safety, ['check', 'check/GPB-1', 'permits', 'findings']],
];

/** Nothing is wider than the screen, and what is pressed is as high as a finger is wide. */
async function fits(page, name) {
  const { wider, small } = await page.evaluate(() => ({
    wider: document.documentElement.scrollWidth - innerWidth,
    small: [...document.querySelectorAll('.content button.ant-btn-primary')].filter((each) => each.offsetParent && each.getBoundingClientRect().height < 24).length,
  }));
  assert(wider <= 0, `${name} is ${wider} pixels wider than the telephone`);
  assert(small === 0, `${name} has ${small} buttons that no finger meets`);
}

await tell([
  ...desks.map(([who, key, pages]) => [
    `each page of the ${who} fits a telephone and has no barrier`, async () => {
      const desk = await openPage(browser, site, telephone);
      const { page, context } = desk;
      await signIn(page, site, key);
      if (key !== keys.unit) await sayRoutine(page);
      for (const name of pages) {
        await page.goto(`${site}/#/${name}`);
        await page.locator('.content').locator('.ant-card, input, button').first().waitFor();
        await quiet(page);
        await fits(page, name || 'duties');
        await isWell(desk, `phone-${who.replace(' ', '-')}-${name.replaceAll('/', '-') || 'duties'}`);
      }
      await context.close();
    },
  ]),
  ['the description of the interface fits a telephone too', async () => {
    const { page, context } = await openPage(browser, site, telephone);
    await page.goto(`${site}/docs`);
    await page.locator('.opblock-tag').first().waitFor();
    await fits(page, 'docs');
    await context.close();
  }],
  ['on a telephone a lot is shown as a timeline first, on a wide screen as a graph', async () => {
    const { page, context } = await openPage(browser, site, telephone);
    await signIn(page, site, keys.police);
    await sayRoutine(page);
    await page.goto(`${site}/#/lot/L-1`);
    await page.locator('.timeline li').first().waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${site}/#/goods`);
    await page.goto(`${site}/#/lot/L-1`);
    await page.locator('.graph canvas').first().waitFor();
    await context.close();
  }],
  ['by the keyboard alone: past the ways into the page, to a form, back, and each stop can be seen', async () => {
    const { page, context } = await openPage(browser, site);
    await signIn(page, site, keys.unit);
    await page.getByText('今日待办').waitFor();
    await page.goto(`${site}/#/record`);
    await page.reload();
    await page.locator('.families').waitFor();
    await page.keyboard.press('Tab');
    assert(await page.evaluate(() => document.activeElement.className === 'skip'), 'the first stop is not the way past');
    await page.keyboard.press('Enter');
    assert(await page.evaluate(() => document.activeElement.getAttribute('role') === 'main'), 'it does not lead into the page');
    let unseen = '';
    for (let n = 0; n < 40; n += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const it = document.activeElement;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
        return { text: it.innerText, seen: (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' };
      });
      if (!stop.seen) unseen = stop.text;
      if (stop.text === '期初库存') break;
    }
    assert(unseen === '', `nobody sees that the keyboard is at "${unseen}"`);
    await page.keyboard.press('Enter');
    await page.locator('#f-site').waitFor();
    await context.close();
  }],
  ['the server ends in peace', () => stop(server)],
]);
