// What was written down wrong is set right by whoever signed it: the original stays, and beside it stand the right amount, who and why.
import { assert, browse, isWell, openPage, quiet, stop, tell } from './lib.mjs';
import { dayFromNow, formOf, makeVerifiedCity, open, sayRoutine, signIn } from './city.mjs';

const { server, site, keys, reader, submit, file } = await makeVerifiedCity();
const unit = (type, payload, ...more) => submit(keys.unit.file, 'P-1', type, payload, ...reader, ...more);
const kg = (value) => ({ value: String(value), unit: 'kg' });
const today = dayFromNow(0);
file('GPB-1', 0);
unit('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });
unit('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: kg(500) }, { lot: 'L-2', substance: 'CN3-02', quantity: kg(80) }] });

const browser = await browse();
const officer = await openPage(browser, site);
const police = await openPage(browser, site);
const { page } = officer;
const form = formOf(page);
const go = (who, to) => who.page.goto(`${site}/#/${to}`);
const correctButton = () => page.getByRole('button', { name: '更正登记' });
const indexOf = async (of) => Number(/日志第 (\d+) 条/.exec(await of.locator('.receipt').innerText())[1]);
const value = (place) => form.field(place).inputValue();

/** The pair as it stands on a page: cells of its lines, and all its words. */
async function pairOn(of) {
  const pair = of.locator('.correction');
  await pair.locator('.ant-table-row').first().waitFor();
  await quiet(of);
  return { cells: await pair.locator('.ant-table-row td').allInnerTexts(), words: await pair.innerText() };
}

/** What of a lot is in stock, by the page of the stock. */
async function bookOf(lot, amount) {
  await open(page, site, 'stock');
  await page.getByRole('row').filter({ hasText: lot }).getByText(amount, { exact: true }).waitFor();
}

let use;
let correction;
let handed;

await tell([
  ['the officer writes down a use with a zero too many, and signs it', async () => {
    await signIn(page, site, keys.unit);
    await page.getByText('今日待办').waitFor();
    await go(officer, 'record/use.record');
    await form.choose('site', 'C-1');
    await form.type('lot', 'L-1');
    await form.type('quantity', '250 公斤');
    await form.type('purpose', '管道除垢');
    await form.send();
    use = await indexOf(page);
    await isWell(officer, 'correction-wrong');
  }],
  ['the receipt leads to the correction: the original stands above it, and its lot and amount in the form', async () => {
    await correctButton().click();
    await page.locator('.words').getByText('管道除垢').waitFor();
    await page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '250 kg');
    assert((await value('lines-0-lot')) === 'L-1' && (await value('entry')) === String(use), 'the form is about something else');
    await page.getByText('原为 250 千克；更正后账面：C-1 250 千克').waitFor();
  }],
  ['a form without a reason says so at its field, and a quantity that is none at its own; nothing is sent', async () => {
    await form.type('lines-0-quantity', '二十五');
    await form.toSign();
    await page.locator('.ant-form-item-has-error #f-reason').waitFor();
    await page.locator('.ant-form-item-has-error #f-lines-0-quantity').waitFor();
    assert((await page.getByRole('button', { name: '签署并提交' }).count()) === 0, 'a form with faults was ready to be signed');
    await isWell(officer, 'correction-faults');
  }],
  ['more than was there is refused by the registry, at the lines, and what was typed stays', async () => {
    await form.type('reason', '多录一个零，实际使用 25 公斤');
    await form.type('lines-0-quantity', '2500 kg');
    await form.toSign();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
    await page.locator('.refusal').waitFor();
    await page.locator('.lines .lines-fault').waitFor();
    assert((await value('lines-0-quantity')) === '2500 kg' && (await value('reason')).startsWith('多录一个零'), 'what was typed is lost');
    await isWell(officer, 'correction-refused');
  }],
  ['before signing it is said what the book will be; signed, there is a receipt', async () => {
    await form.type('lines-0-quantity', '25 kg');
    await page.getByText('原为 250 千克；更正后账面：C-1 475 千克').waitFor();
    await isWell(officer, 'correction-form');
    await form.send();
    correction = await indexOf(page);
  }],
  ['the entry shows what was and what is, the difference, who signed and why; so does the correction', async () => {
    for (const index of [use, correction]) {
      await go(officer, `entry/${index}`);
      const { cells, words } = await pairOn(page);
      assert(cells.join('|') === 'L-1|250 千克|25 千克|-225 千克', cells.join('|'));
      for (const part of [`#${use}`, `#${correction}`, '萍乡"甲"化工有限公司', '多录一个零']) assert(words.includes(part), `${part} is not in ${words}`);
    }
    await go(officer, `entry/${use}`);
    await page.getByText(`已由 #${correction} 更正`).waitFor();
    await pairOn(page);
    assert((await correctButton().count()) === 0, 'what was corrected can be corrected again');
    await isWell(officer, 'correction-pair');
  }],
  ['the stock has moved, and behind the lot stand the wrong line and those that set it right', async () => {
    await bookOf('L-1', '475 千克');
    await go(officer, 'lot/L-1');
    await page.getByRole('link', { name: `已由 #${correction} 更正` }).waitFor();
    assert((await page.getByRole('link', { name: `更正 #${use}`, exact: true }).count()) === 2, 'the correction does not lead back');
    await isWell(officer, 'correction-ledger');
  }],
  ['an entry is corrected once: the second time is refused at the entry', async () => {
    await go(officer, `record/entry.correct/entry=${use}`);
    await page.getByText(`已由 #${correction} 更正`).waitFor();
    await form.type('reason', '再改一次');
    await form.send().catch(() => null);
    await page.getByText('记录已更正').waitFor();
    await page.locator('.ant-form-item-has-error #f-entry').waitFor();
  }],
  ['where an authority attended and signed, the form says that it has to sign again, and sends nothing without it', async () => {
    const said = unit('destruction.record', { site: 'C-1', lot: 'L-1', quantity: kg(60), method: '焚烧', destroyed_on: today, witness: 'ps-px' }, '--second', keys.police.file);
    await go(officer, `entry/${/index (\d+)/.exec(said)[1]}`);
    await correctButton().click();
    await page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '60 kg');
    await page.getByText('须一并签署：').locator('[title=ps-px]').waitFor();
    await form.type('reason', '过磅单为 6 公斤');
    await form.type('lines-0-quantity', '6 kg');
    await form.toSign();
    await page.getByRole('dialog').getByText('须一并签署：').waitFor();
    await page.getByRole('button', { name: '签署并交他人会签' }).and(page.locator(':enabled')).waitFor();
    assert(await page.getByRole('button', { name: '签署并提交' }).isDisabled(), 'one side alone could send it');
    await isWell(officer, 'correction-two-sides');
  }],
  ['another person of the unit is not the other side: that is refused, at the entry', async () => {
    await page.getByRole('dialog').getByRole('button', { name: /取\s*消/ }).click();
    await go(officer, 'keys');
    await page.locator('input[type=file]').setInputFiles(keys.second.file);
    await page.locator('.key').nth(1).waitFor();
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '6 kg');
    await form.toSign();
    await page.locator('#second-key').click();
    await page.locator('.ant-select-item-option').first().click();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
    await page.getByText('更正须由原签字各方签字').waitFor();
    await page.locator('.ant-form-item-has-error #f-entry').waitFor();
    assert((await value('lines-0-quantity')) === '6 kg', 'what was typed is lost');
  }],
  ['the unit signs its half and hands it over as a file', async () => {
    await form.toSign();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '签署并交他人会签' }).click();
    handed = await (await saved).path();
    await page.getByText('已签署，文件已保存').waitFor();
  }],
  ['the authority reads on its own device what was and what is to be, signs the other half, and it is stored', async () => {
    await signIn(police.page, site, keys.police);
    await sayRoutine(police.page);
    await go(police, 'cosign');
    await police.page.setInputFiles('input[type=file]', handed);
    await police.page.locator('.words').getByText('过磅单为 6 公斤').waitFor();
    await police.page.locator('.words').getByText('焚烧').waitFor();
    await isWell(police, 'correction-other-half');
    await police.page.getByRole('button', { name: '签署并提交' }).click();
    await police.page.getByText('回执已在本页验证').waitFor();
    assert((await police.page.getByRole('button', { name: '更正登记' }).count()) === 0, 'the authority is offered to correct what is not its own');
    correction = await indexOf(police.page);
  }],
  ['both sides stand under the correction, and the book has moved again', async () => {
    await go(officer, `entry/${correction}`);
    const { cells, words } = await pairOn(page);
    assert(cells.join('|') === 'L-1|60 千克|6 千克|-54 千克', cells.join('|'));
    for (const who of ['萍乡"甲"化工有限公司', 'ps-px']) assert(words.split(who).length === 3, `${who} does not stand under both in ${words}`);
    await isWell(officer, 'correction-both-halves');
    await bookOf('L-1', '469 千克');
  }],
  ['the trace strikes out what was wrong, and counts what is right', async () => {
    await go(police, 'lot/L-1');
    await police.page.getByText('表', { exact: true }).click();
    const line = police.page.getByRole('row').filter({ hasText: `已由 #${correction} 更正` });
    await line.locator('s').getByText('60 千克').waitFor();
    await police.page.getByRole('row').filter({ hasText: `#${correction}` }).filter({ hasText: /^(?!.*冲回).*6 千克/s }).first().waitFor();
    await police.page.locator('.edges').scrollIntoViewIfNeeded();
    await isWell(police, 'correction-trace');
  }],
  ['what was counted since is not corrected any more: refused at the entry, with what to do', async () => {
    unit('use.record', { site: 'C-1', lot: 'L-2', quantity: kg(8), purpose: '试验', used_on: today });
    unit('stock.count', { site: 'C-1', lines: [{ lot: 'L-1', quantity: kg(469) }, { lot: 'L-2', quantity: kg(72) }], counted_on: today });
    await open(page, site, 'entries');
    await page.getByRole('row').filter({ hasText: '使用' }).first().click();
    await correctButton().click();
    await page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '8 kg');
    await form.type('reason', '应为 7 公斤');
    await form.type('lines-0-quantity', '7 kg');
    await form.toSign();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
    await page.getByText('更正前已经盘点').waitFor();
    await page.locator('.ant-form-item-has-error #f-entry').waitFor();
    await isWell(officer, 'correction-counted');
  }],
  ['a measurement by both sides, as a count, offers no correction', async () => {
    await open(page, site, 'entries');
    await page.getByRole('row').filter({ hasText: '盘点' }).first().click();
    await page.getByText('下载凭据').waitFor();
    assert((await correctButton().count()) === 0, 'a count is offered to be corrected');
  }],
  ['nothing was tried that a page must not, and the server ends in peace', async () => {
    for (const { wrongs } of [officer, police]) assert(wrongs.length === 0, wrongs.join('\n'));
    await stop(server);
  }],
]);
