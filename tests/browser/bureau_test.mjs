// An inspector of the safety bureau at the roadside, with a telephone: is this paper good, and what is left on it?
import { assert, barriers, browse, openPage, picture, stop, tell } from './lib.mjs';
import { dayFromNow, makeCity, signIn } from './city.mjs';

const { server, site, keys, reader, submit } = await makeCity();
submit(keys.police.file, 'ps-px', 'party.verify', { party: 'P-1', method: 'in-person' }, ...reader);
const paper = (permit, from, to) =>
  submit(keys.safety.file, 'em-px', 'permit.issue',
    { permit, kind: 'C3T-FILE', holder: 'P-1', lines: [{ substance: 'CN3-02' }], valid_from: dayFromNow(from), valid_to: dayFromNow(to), purpose: '经营' }, ...reader);
paper('GPB-2026-1', 0, 700);
paper('GPB-2026-2', 3, 700);

const browser = await browse();
const { page, wrongs } = await openPage(browser, site, { viewport: { width: 390, height: 844 } });
page.setDefaultTimeout(12_000);

async function isWell(name) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await picture(page, name);
  const found = await barriers(page);
  assert(found.length === 0, found.join('\n'));
  assert(wider <= 0, `the page is ${wider} pixels wider than the telephone`);
  assert(wrongs.length === 0, wrongs.join('\n'));
}

await tell([
  ['the inspector signs in and says that it is an inspection', async () => {
    await signIn(page, site, keys.safety);
    await page.getByLabel('检查', { exact: true }).check();
    await page.getByRole('button', { name: '开始查看' }).click();
    await page.getByRole('searchbox').waitFor();
    for (const name of ['查询', '许可证', '异常']) {
      const seen = await page.getByRole('link', { name, exact: true }).evaluate((link) => {
        const { left, right, top, bottom } = link.getBoundingClientRect();
        return [left + 2, right - 2].every((x) => document.elementFromPoint(x, (top + bottom) / 2) === link);
      });
      assert(seen, `the way to ${name} is out of sight`);
    }
    await isWell('bureau');
  }],
  ['a code on the paper opens it in one scan: green', async () => {
    await page.goto(`${site}/#/check/${encodeURIComponent('GPB-2026-1')}`);
    await page.locator('.verdict.good').waitFor();
    await page.getByText('本证不载数量').waitFor();
    assert((await page.getByText('剩余').count()) === 0, 'a paper without an amount says how much is left');
    await isWell('bureau-good');
  }],
  ['a number typed in full-width digits is found too; its time has not come: red, and why', async () => {
    await page.getByRole('searchbox').fill(' ＧＰＢ－２０２６－２ ');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('.verdict.bad').waitFor();
    await page.getByText('GPB-2026-2').waitFor();
    await isWell('bureau-bad');
  }],
  ['a number that nobody issued is a clear answer', async () => {
    await page.goto(`${site}/#/check/nobody-issued-this`);
    await page.locator('.verdict-none').waitFor();
    await isWell('bureau-none');
  }],
  ['one name finds all papers of a unit', async () => {
    await page.goto(`${site}/#/check/P-1`);
    await page.locator('.verdict').nth(1).waitFor();
    await isWell('bureau-unit');
  }],
  ['the server ends in peace', () => stop(server)],
]);
