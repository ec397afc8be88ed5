// A paper for class 1 goods: one official signs it, another one on a device of their own approves it, and only then is it a paper.
import { readFileSync } from 'node:fs';
import { assert, browse, isWell, stop, tell } from './lib.mjs';
import { dayFromNow, formOf, makeVerifiedCity, open, seat } from './city.mjs';

const { server, site, keys, addUnit, addPerson } = await makeVerifiedCity();
addUnit('P-3', '萍乡运输公司', ['carrier'], '91360302MA35FP7T1X');
for (const duty of ['issuer', 'approver']) addPerson('ps-px', keys.police, duty, duty);

const browser = await browse();
const unit = await seat(browser, site, keys.unit);
const issuer = await seat(browser, site, keys.issuer);
const approver = await seat(browser, site, keys.approver);
const go = (who, to) => who.page.goto(`${site}/#/${to}`);
const stateOf = (who, no, state) => who.page.getByRole('row').filter({ hasText: no }).locator('.ant-tag').filter({ hasText: state }).waitFor();

/** Signs the first half and takes the file that goes to the second person. */
async function handOver({ page }) {
  await formOf(page).toSign();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '签署并交他人会签' }).and(page.locator(':enabled')).press('Enter');
  const file = readFileSync(await (await saved).path());
  await page.getByText('已签署，文件已保存').waitFor();
  return { name: 'x.cosign.json', mimeType: 'application/json', buffer: file };
}

/** Opens the file on another device. */
async function opened(who, file) {
  await go(who, 'cosign');
  await who.page.setInputFiles('input[type=file]', file);
  await who.page.locator('.words').first().waitFor();
}

async function approve({ page }) {
  await page.getByRole('button', { name: '签署并提交' }).press('Enter');
  await page.getByText('回执已在本页验证').waitFor();
}

let file;

await tell([
  ['the unit applies for a paper to carry class 1 goods', async () => {
    await go(unit, 'record/permit.apply');
    const form = formOf(unit.page);
    for (const [place, text] of [['application', 'A-1'], ['agency', 'ps-px'], ['lines-0-quantity', '50 公斤'], ['purpose', '送货'], ['consignee', 'P-1'], ['carrier', 'P-3'], ['origin', '360302'], ['destination', '360302']])
      await form.type(place, text);
    await form.choose('kind', 'C1-TRAN');
    await form.choose('lines-0-substance', 'CN1-01');
    await form.send();
  }],
  ['the issuer alone is refused; signs, and hands on what was asked for; it is no paper yet', async () => {
    await open(issuer.page, site, 'applications');
    await issuer.page.getByRole('row').filter({ hasText: 'A-1' }).getByRole('button', { name: '签发许可' }).click();
    await issuer.page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '50 kg');
    const form = formOf(issuer.page);
    await form.type('permit', 'YS-1');
    await form.day('valid_from', dayFromNow(0));
    await form.day('valid_to', dayFromNow(20));
    await form.toSign();
    await issuer.page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
    await issuer.page.locator('.refusal').waitFor();
    assert((await form.field('permit').inputValue()) === 'YS-1', 'what was typed is lost');
    file = await handOver(issuer);
    await isWell(issuer, 'approval-first');
    await open(unit.page, site, 'permits');
    assert((await unit.page.getByText('YS-1').count()) === 0, 'one signature made a paper');
  }],
  ['whoever signed first cannot approve it', async () => {
    await opened(issuer, file);
    assert(await issuer.page.getByRole('button', { name: '签署并提交' }).isDisabled(), 'the first official could approve');
  }],
  ['the approver reads on another device what will be signed, and approves', async () => {
    await opened(approver, file);
    for (const words of ['YS-1', '50 千克', '送货']) await approver.page.locator('.words').getByText(words).first().waitFor();
    await isWell(approver, 'approval-second');
    await approve(approver);
    await isWell(approver, 'approval-issued');
  }],
  ['the unit has its paper, and the application is granted', async () => {
    await stateOf(unit, 'YS-1', '有效');
    await open(approver.page, site, 'applications');
    await stateOf(approver, 'A-1', '已批准');
  }],
  ['the entry names both officials', async () => {
    await go(approver, 'permit/YS-1');
    await approver.page.locator('.ant-table-row a').first().click();
    await approver.page.locator('.signed-by').nth(1).waitFor();
    const signed = approver.page.locator('.signed-by');
    for (const [n, name] of ['issuer', 'approver'].entries()) await signed.nth(n).getByText(name, { exact: true }).waitFor();
    await isWell(approver, 'approval-entry');
  }],
  ['in doubt one official suspends it at once, and the unit sees why it cannot be used', async () => {
    await go(issuer, 'permit/YS-1');
    await issuer.page.getByRole('button', { name: '暂停许可' }).click();
    const form = formOf(issuer.page);
    await form.choose('cause', '存疑');
    await form.type('reason', '承运车辆与申请不符');
    await form.send();
    await open(unit.page, site, 'permits');
    await stateOf(unit, 'YS-1', '已暂停');
  }],
  ['two of them let it be used again', async () => {
    await go(issuer, 'permit/YS-1');
    await issuer.page.getByRole('button', { name: '恢复许可' }).click();
    await formOf(issuer.page).type('reason', '已补正');
    const half = await handOver(issuer);
    await opened(approver, half);
    await approver.page.locator('.words').getByText('已补正').waitFor();
    await approve(approver);
    await stateOf(unit, 'YS-1', '有效');
  }],
  ['it is revoked, and is no paper any more', async () => {
    await go(issuer, 'permit/YS-1');
    await issuer.page.getByRole('button', { name: '撤销许可' }).click();
    const form = formOf(issuer.page);
    await form.type('reason', '申请材料虚假');
    await form.send();
    await stateOf(unit, 'YS-1', '已撤销');
    await isWell(unit, 'approval-revoked');
  }],
  ['nothing was tried that a page must not, and the server ends in peace', async () => {
    for (const { wrongs } of [unit, issuer, approver]) assert(wrongs.length === 0, wrongs.join('\n'));
    await stop(server);
  }],
]);
