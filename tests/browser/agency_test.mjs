// An official of public security says why he looks, opens each page of his desk, and verifies a unit; the log of reads has it.
import { assert, browse, isWell, openPage, picture, stop, tell } from './lib.mjs';
import { makeCity, open, signIn } from './city.mjs';

const { server, site, keys, tokenOf } = await makeCity();
const browser = await browse();
const { page, wrongs } = await openPage(browser, site);
const refused = [];
page.on('response', (answer) => {
  const firstUse = answer.url().includes('/v1/chains/') && answer.status() === 404;
  if (answer.url().includes('/v1/') && answer.status() >= 400 && !firstUse) refused.push(`${answer.status()} ${answer.url()}`);
});

const pages = ['findings', 'queue', 'applications', 'permits', 'goods', 'balance', 'coverage', 'check', 'record'];

await tell([
  ['the official brings his key and signs in', async () => {
    await signIn(page, site, keys.police);
    await page.getByText('为什么查看').waitFor();
    refused.length = 0;
  }],
  ['nothing of others is read before he says why, and a case needs a number', async () => {
    await page.goto(`${site}/#/queue`);
    await page.getByText('为什么查看').waitFor();
    await isWell({ page, wrongs }, 'purpose');
    await page.getByLabel('办案').check();
    await page.getByRole('button', { name: '开始查看' }).click();
    await page.getByText('办案须填写案件编号').waitFor();
    assert(refused.length === 0, refused.join('\n'));
  }],
  ['he says it once in Chinese, and it holds when the page is loaded again', async () => {
    await page.getByLabel('案件或检查编号').fill('赣公禁〔2026〕12号');
    await page.getByRole('button', { name: '开始查看' }).click();
    await page.getByText('萍乡"甲"化工有限公司').waitFor();
    await page.reload();
    await page.getByText('赣公禁〔2026〕12号').waitFor();
    await page.getByText('萍乡"甲"化工有限公司').waitFor();
    await picture(page, 'queue');
  }],
  ...pages.map((name) => [`the page ${name} opens without a refusal or a barrier`, async () => {
    await open(page, site, name);
    await isWell({ page, wrongs }, `agency-${name}`);
    assert(refused.length === 0, refused.join('\n'));
  }]),
  ['he verifies the unit from the queue, signing in the page, and the queue is empty', async () => {
    await page.goto(`${site}/#/queue`);
    await page.getByRole('button', { name: '监督核实' }).click();
    await page.getByLabel('方式').click();
    await page.locator('.ant-select-item-option').first().click();
    await page.getByRole('button', { name: '核对并签署' }).click();
    await page.getByRole('button', { name: '签署并提交' }).click();
    await page.getByText('回执已在本页验证').waitFor();
    await picture(page, 'verified');
    await page.goto(`${site}/#/queue`);
    await page.getByText('没有待核实').waitFor();
    assert(refused.length === 0, refused.join('\n'));
    assert(wrongs.length === 0, wrongs.join('\n'));
  }],
  ['the log of reads says who looked, for which case', async () => {
    const answer = await fetch(`${server.url}/v1/access-log`, { headers: { Authorization: `Bearer ${tokenOf('auditor')}` } });
    const text = await answer.text();
    assert(answer.status === 200 && text.includes('赣公禁〔2026〕12号') && text.includes('ps-px'), text.slice(0, 400));
  }],
  ['the server ends in peace', () => stop(server)],
]);
