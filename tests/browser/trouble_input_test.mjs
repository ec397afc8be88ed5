// A clock that is wrong, what people paste, names that read backwards, and the same key in two tabs.
import { assert, isWell, openPage, stop, tell } from './lib.mjs';
import { formOf, signIn } from './city.mjs';
import { makeTroubledDesk, until } from './troubled_desk.mjs';

const { server, site, browser, desk, keys, stored, sites, asAuditor, typeSite, signButton, isInnocent } = await makeTroubledDesk();
const { page, context } = desk;
const form = formOf(page);
const hour = 3_600_000;

/** A browser whose clock is off by so much from its first moment on. */
async function withClock(offset) {
  const it = await openPage(browser, site);
  await it.page.addInitScript((by) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) {
        super(...(given.length ? given : [Real.now() + by]));
      }
      static now() {
        return Real.now() + by;
      }
    };
  }, offset);
  await signIn(it.page, site, keys['R-8']);
  await it.page.getByText('今日待办').waitFor();
  return it;
}

/** The hours of the first countdown of the duties; whether it counts down or up. */
async function firstCountdown(page) {
  await page.goto(`${site}/#/`);
  const text = page.locator('.duty-side b').first();
  await text.waitFor();
  return text.innerText();
}

await tell([
  ...[[-3 * hour, '慢了 3 小时'], [26 * hour, '快了 26 小时']].map(([offset, words], n) => [
    `a clock that is ${offset / hour} hours off is told, duties count by the registry's clock, and the entry is signed with its time`, async () => {
      const late = await withClock(offset);
      await late.page.getByText(words).first().waitFor();
      assert((await firstCountdown(late.page)) === (await firstCountdown(page)), 'the countdown goes by the wrong clock');
      await typeSite(late.page, `C-1${n}`, '钟库');
      await formOf(late.page).toSign();
      await late.page.getByRole('dialog').getByText(words).waitFor();
      if (n === 0) await isWell(late, 'trouble-clock');
      await formOf(late.page).sign();
      const [newest] = (await stored('site.add')).sort((a, b) => b.index - a.index);
      const { header } = await asAuditor(`/v1/entries/${newest.index}`);
      const off = Math.abs(Date.parse(/^time (.+)$/m.exec(header)[1]) - Date.parse(newest.rtime));
      assert(off < 10_000, `the entry says a time that is ${off} ms off`);
      await late.context.close();
    },
  ]),
  ['two tabs with a dialog of the same key open: both entries are stored, one behind the other, and the chain stays whole', async () => {
    const second = await context.newPage();
    await typeSite(page, 'C-20', '甲库');
    await form.toSign();
    await signButton(page).waitFor();
    await typeSite(second, 'C-21', '乙库');
    await formOf(second).toSign();
    await signButton(second).waitFor();
    await second.locator('.bytes, .ant-collapse').first().waitFor();
    await Promise.all([signButton(page).press('Enter'), signButton(second).press('Enter')]);
    await Promise.all([page, second].map((each) => each.getByText('回执已在本页验证').waitFor()));
    const rows = (await stored('site.add')).sort((a, b) => b.index - a.index);
    assert(rows[0].chain === rows[1].chain && rows[0].cseq === rows[1].cseq + 1, 'they are not one behind the other');
    const { state } = await asAuditor(`/v1/chains/${rows[0].chain}`);
    assert(state === 'open', `the chain is ${state}`);
    await second.close();
  }],
  ['a tab that is slow makes the other one wait, and neither is lost', async () => {
    const second = await context.newPage();
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/v1/entries', async (route) => (await held, route.continue()), { times: 1 });
    await typeSite(page, 'C-22', '丙库');
    await form.toSign();
    await signButton(page).press('Enter');
    await typeSite(second, 'C-23', '丁库');
    await formOf(second).toSign();
    await signButton(second).press('Enter');
    await second.locator('.ant-modal-footer .ant-btn-loading').waitFor();
    release();
    await Promise.all([page, second].map((each) => each.getByText('回执已在本页验证').waitFor()));
    const there = await sites();
    for (const id of ['C-22', 'C-23']) assert(there.filter((each) => each === id).length === 1, `${id} is not stored once`);
    await second.close();
  }],
  ['what the dialog still reads does not move its button from under a hand', async () => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route('**/v1/chains/*', async (route) => (await held, route.continue()), { times: 1 });
    await typeSite(page, 'C-25', '戊库');
    await form.toSign();
    await signButton(page).waitFor();
    await page.waitForFunction(() => document.getAnimations().every((each) => each.playState === 'finished' || each.effect.getTiming().iterations === Infinity));
    const early = await signButton(page).boundingBox();
    const answered = page.waitForResponse((answer) => answer.url().includes('/v1/chains/'));
    release();
    await answered;
    await page.locator('.ant-modal .ant-collapse-header').click();
    await page.locator('.bytes').getByText('ledger.entry/v1').waitFor();
    await page.locator('.ant-modal .ant-collapse-header').click();
    await until('the button is where it was', async () => {
      const late = await signButton(page).boundingBox();
      return late.x === early.x && late.y === early.y;
    });
    await signButton(page).click();
    await page.getByText('回执已在本页验证').waitFor();
  }],
  ['names with quotes stay as they are typed; those that turn the direction are refused at their field', async () => {
    await typeSite(page, 'C-24', '库\u202e1000');
    await form.toSign();
    await page.locator('.ant-form-item-has-error').getByText(/方向/).waitFor();
    assert((await form.field('name').inputValue()) === '库\u202e1000', 'what was typed is gone');
    await form.type('name', `"丙" 'b' <b>库</b> & ‘丁’`);
    await form.send();
    await page.goto(`${site}/#/stock`);
    const [newest] = (await stored('site.add')).sort((a, b) => b.index - a.index);
    await page.goto(`${site}/#/entry/${newest.index}`);
    await page.getByText(`"丙" 'b' <b>库</b> & ‘丁’`).first().waitFor();
  }],
  ...[['12.5 公斤', '12.5 千克'], ['１２．５ｋｇ', '12.5 千克'], ['１，２５０ 克', '1250 克'], ['\u200e0.5 吨\u200e', '0.5 吨']].map(([typed, read]) => [
    `"${typed}" is read as ${read}, and shown so before it is signed`, async () => {
      await page.goto(`${site}/#/record`);
      await page.locator('.families').waitFor();
      await page.goto(`${site}/#/record/stock.open`);
      await form.field('site').waitFor();
      if (await page.getByRole('button', { name: '清空' }).count()) await page.getByRole('button', { name: '清空' }).click();
      await form.choose('site', 'C-1');
      await form.type('lines-0-lot', 'L-1');
      await form.choose('lines-0-substance', 'CN3-02');
      await form.type('lines-0-quantity', typed);
      await form.toSign();
      await page.getByRole('dialog').getByText(read, { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: /取\s*消/ }).click();
      await page.locator('.ant-modal-wrap').waitFor({ state: 'hidden' });
    },
  ]),
  ['an amount without a unit, or with one that nobody knows, is told at its field', async () => {
    await form.type('lines-0-quantity', '12.5');
    await form.toSign();
    await page.locator('.ant-form-item-has-error').first().waitFor();
    await form.type('lines-0-quantity', '12.5 磅');
    await form.toSign();
    await until('its fault is told', async () => /单位/.test(await page.locator('.ant-form-item-has-error').first().innerText()));
    assert((await form.field('lines-0-quantity').inputValue()) === '12.5 磅', 'what was typed is gone');
  }],
  ['nothing was tried that a page must not', () => isInnocent(desk)],
  ['the server ends in peace', () => stop(server)],
]);
