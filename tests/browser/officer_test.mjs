// The information officer of a unit opens a store and writes down what is in it, with all that goes wrong on the way.
import { readFileSync } from 'node:fs';
import { assert, browse, isWell, openPage, stop, tell } from './lib.mjs';
import { enter, makeVerifiedCity, open, signIn } from './city.mjs';

const { server, site, keys, file } = await makeVerifiedCity();
file('GPB-1', 0);

const browser = await browse();
const { page, context, wrongs } = await openPage(browser, site);

const field = (place) => page.locator(`#f-${place}`);
async function choose(place, text) {
  await field(place).click();
  await field(place).fill(text).catch(() => null);
  await page.locator('.ant-select-item-option').filter({ hasText: text }).first().click();
}
const toSign = () => page.getByRole('button', { name: '核对并签署' }).click();
const sign = () => page.getByRole('button', { name: '签署并提交' }).click();
async function typeStock(quantity) {
  await page.goto(`${site}/#/record/stock.open`);
  await choose('site', 'C-1');
  await field('lines-0-lot').fill('L-1');
  await choose('lines-0-substance', 'CN3-02');
  await field('lines-0-quantity').fill(quantity);
}

await tell([
  ['the officer signs in and is not asked why he looks at his own', async () => {
    await signIn(page, site, keys.unit);
    await page.getByText('今日待办').waitFor();
    assert((await page.getByText('为什么查看').count()) === 0, 'a unit was asked for a purpose');
  }],
  ...['goods', 'stock', 'permits', 'findings', 'entries', 'record'].map((name) => [`the page ${name} opens without a barrier`, async () => {
    await open(page, site, name);
    await isWell({ page, wrongs }, `officer-${name}`);
  }]),
  ['a form left empty says at each field what is missing, and sends nothing', async () => {
    await page.goto(`${site}/#/record/site.add`);
    await toSign();
    await page.locator('.ant-form-item-has-error').nth(2).waitFor();
    assert((await page.getByRole('button', { name: '签署并提交' }).count()) === 0, 'an empty form was ready to be signed');
    await isWell({ page, wrongs }, 'officer-faults');
  }],
  ['a name that turns the writing direction is refused at its field; one with quotes is kept as it is', async () => {
    await field('site').fill('C-1');
    await field('name').fill('一号"库"\u202e');
    await choose('kind', '仓库');
    await field('region').fill('360302');
    await field('address').fill('一号路');
    await toSign();
    await page.locator('.ant-form-item-has-error #f-name').waitFor();
    await field('name').fill('一号"库"');
    await toSign();
    await sign();
    await page.getByText('回执已在本页验证').waitFor();
  }],
  ['what is typed is shown before signing as it was typed, also where it is called like a choice', async () => {
    await open(page, site, 'record');
    await page.goto(`${site}/#/record/site.add`);
    await field('site').fill('C-2');
    await field('name').fill('port');
    await choose('kind', '仓库');
    await field('region').fill('360302');
    await field('address').fill('一号路');
    await toSign();
    const words = page.getByRole('dialog').locator('.words');
    await words.getByText('仓库', { exact: true }).waitFor();
    await words.getByText('port', { exact: true }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: /取\s*消/ }).click();
    await page.locator('.ant-modal-wrap').waitFor({ state: 'hidden' });
  }],
  ['the session ends in the middle of a form: nothing typed is lost', async () => {
    await typeStock('１２．５ 公斤');
    await context.clearCookies();
    await page.reload();
    await page.getByText('请先登录').waitFor();
    await enter(page, site);
    await page.getByText('已恢复上次未提交的内容').waitFor();
    assert((await field('lines-0-quantity').inputValue()) === '１２．５ 公斤', 'what was typed is lost');
  }],
  ['full-width digits and a Chinese unit are read as what they say, shown before signing', async () => {
    await toSign();
    await page.getByRole('dialog').getByText('12.5').first().waitFor();
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').waitFor();
    await isWell({ page, wrongs }, 'officer-sign');
    await sign();
    await page.getByText('回执已在本页验证').waitFor();
  }],
  ['the goods stand in the stock', async () => {
    await page.goto(`${site}/#/stock`);
    await page.getByText('12.5').first().waitFor();
    await isWell({ page, wrongs }, 'officer-stock-after');
  }],
  ['the server refuses a second lot of the same number, at its field, and what was typed stays', async () => {
    await typeStock('1 kg');
    await toSign();
    await sign();
    await page.getByText('编号已被使用').waitFor();
    await page.locator('.ant-form-item-has-error #f-lines-0-lot').waitFor();
    assert((await field('lines-0-lot').inputValue()) === 'L-1', 'what was typed is lost');
    await isWell({ page, wrongs }, 'officer-refused');
  }],
  ['a paper without an amount is offered without one', async () => {
    await page.goto(`${site}/#/record/sale.record`);
    await field('licence').click();
    const offered = page.locator('.ant-select-item-option').filter({ hasText: 'GPB-1' });
    await offered.waitFor();
    const words = await offered.innerText();
    assert(words.includes('CN3-02') && !words.includes('毫克'), words);
  }],
  ['three forms wait, and are signed together with one signature', async () => {
    for (const number of ['C-7', 'C-8', 'C-9']) {
      await page.goto(`${site}/#/record/site.add`);
      await field('site').fill(number);
      await field('name').fill(`库 ${number}`);
      await choose('kind', '仓库');
      await field('region').fill('360302');
      await field('address').fill('一号路');
      await toSign();
      await page.getByRole('button', { name: '先放入待签' }).click();
      await page.getByText('待签登记').first().waitFor();
    }
    await page.locator('.ant-checkbox-input').nth(2).waitFor();
    await isWell({ page, wrongs }, 'officer-tray');
    await page.getByRole('button', { name: /一并签署并提交（3）/ }).click();
    await page.getByText('已登记 3 条').waitFor();
    await isWell({ page, wrongs }, 'officer-tray-done');
  }],
  ['one signs and hands over; another key signs on another page; what was changed on the way is not shown', async () => {
    await typeStock('2 kg');
    await field('lines-0-lot').fill('L-9');
    await toSign();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '签署并交他人会签' }).click();
    const file = await (await saved).path();
    await page.getByText('已签署，文件已保存').waitFor();
    await page.goto(`${site}/#/cosign`);
    await page.getByText('把待会签的文件拖到这里').waitFor();
    const changed = readFileSync(file, 'utf8').replaceAll('L-9', 'L-8');
    await page.setInputFiles('input[type=file]', { name: 'x.cosign.json', mimeType: 'application/json', buffer: Buffer.from(changed) });
    await page.getByText('文件内容与第一人签署的不符').waitFor();
    await page.setInputFiles('input[type=file]', { name: 'x.cosign.json', mimeType: 'application/json', buffer: readFileSync(file) });
    await page.locator('.words').getByText('L-9').waitFor();
    await isWell({ page, wrongs }, 'officer-cosign');
    assert(await page.getByRole('button', { name: '签署并提交' }).isDisabled(), 'the first person could sign twice');
    await page.goto(`${site}/#/keys`);
    await page.locator('input[type=file]').setInputFiles(keys.second.file);
    await page.locator('.key').nth(1).waitFor();
    await page.goto(`${site}/#/cosign`);
    await page.setInputFiles('input[type=file]', { name: 'x.cosign.json', mimeType: 'application/json', buffer: readFileSync(file) });
    await page.getByRole('button', { name: '签署并提交' }).click();
    await page.getByText('回执已在本页验证').waitFor();
    await isWell({ page, wrongs }, 'officer-cosigned');
  }],
  ['a receipt is printed with its code and without the ways of the page', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.locator('.receipt .qr').waitFor();
    const proof = await page.locator('.receipt .print-only').innerText();
    assert(proof.includes('c2sp.org/tlog-proof') && proof.includes('type stock.open/v1'), proof.slice(0, 400));
    for (const part of ['.top', '.foot', '.receipt .ant-btn']) assert(!(await page.locator(part).first().isVisible()), `${part} is printed`);
    await isWell({ page, wrongs }, 'officer-receipt-printed');
    await page.emulateMedia({ media: 'screen' });
  }],
  ['a list is walked and opened by keys alone', async () => {
    await open(page, site, 'entries');
    await page.locator('.ant-table-row').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/entry\/\d+/);
    await page.getByText('下载凭据').waitFor();
  }],
  ['the server ends in peace', () => stop(server)],
]);
