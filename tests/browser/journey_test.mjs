// From a key that nobody knows to a closed case: a buyer, a seller, a carrier and the police, each in a browser of their own.
import { assert, browse, isWell, openPage, picture, stop, tell } from './lib.mjs';
import { dayFromNow, enter, formOf, makeVerifiedCity, open, sayRoutine, seat } from './city.mjs';

const city = await makeVerifiedCity();
const { server, site, keys, reader, submit, file, addUnit, addPerson } = city;
const by = (key, party) => (type, payload) => submit(keys[key].file, party, type, payload, ...reader);
file('GPB-1', 0);
addUnit('P-3', '萍乡运输公司', ['carrier'], '91360302MA35FP7T1X');
addPerson('ps-px', keys.police, 'R-9', 'approver');
const seller = by('unit', 'P-1');
seller('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });
seller('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: { value: '500', unit: 'kg' } }] });
by('police', 'ps-px')('permit.issue', { permit: 'YS-1', kind: 'C3-TRAN-3', holder: 'P-1', lines: [{ substance: 'CN3-02', quantity: { value: '400', unit: 'kg' } }],
  valid_from: dayFromNow(0), valid_to: dayFromNow(80), purpose: '送货' });

const browser = await browse();
const police = await seat(browser, site, keys.police, [keys['R-9']]);
const sender = await seat(browser, site, keys.unit);
const carrier = await seat(browser, site, keys['P-3']);
const buyer = await openPage(browser, site);
const all = { police, sender, carrier, buyer };
const go = (who, to) => who.page.goto(`${site}/#/${to}`);
const shows = (who, text) => who.page.getByText(text).first().waitFor();

/** Opens the form of a step, fills it in, signs it. */
async function record(who, step, fill) {
  await go(who, `record/${step}`);
  const form = formOf(who.page);
  await form.field(fill[0][1]).waitFor();
  for (const [how, place, text] of fill) await form[how](place, text);
  await form.send();
}

/** From now on each page writes down when it first tells of a finding. */
async function watchForNews() {
  for (const { page } of Object.values(all))
    await page.evaluate(() => {
      window.toldAt = null;
      new MutationObserver(() => {
        if (!window.toldAt && document.querySelector('.news')) window.toldAt = Date.now();
      }).observe(document.body, { childList: true, subtree: true });
    });
}

let finding = '';

await tell([
  ['a buyer makes a key in the browser and registers with it, under a name with quotes', async () => {
    const { page } = buyer;
    await page.goto(`${site}/#/keys`);
    await page.getByRole('button', { name: '生成密钥' }).click();
    await page.getByRole('button', { name: '登记信息' }).click();
    await page.getByRole('button', { name: '注册单位' }).click();
    await page.getByLabel('单位编号').fill('P-2');
    await page.getByLabel('名称').fill('乙"化工"厂');
    await page.getByLabel('统一社会信用代码').fill('91360302MA35FP7T2X');
    await page.getByLabel('行政区划代码').fill('360302');
    await page.getByLabel('地址').fill('三号路');
    await page.getByRole('button', { name: '核对并签署' }).click();
    await page.getByRole('button', { name: '签署并提交' }).click();
    await page.getByText('回执已在本页验证').waitFor();
    await enter(page, site);
    await shows(buyer, '今日待办');
  }],
  ['the queue of the police, open already, shows it without being loaded again, and they verify it', async () => {
    const { page } = police;
    await open(page, site, 'queue');
    await page.getByText('乙"化工"厂').waitFor();
    await page.getByRole('row').filter({ hasText: '乙"化工"厂' }).getByRole('button', { name: '监督核实' }).click();
    const form = formOf(page);
    await form.choose('method', '当面核实');
    await form.send();
    await open(page, site, 'applications');
  }],
  ['the buyer opens a store and applies for a purchase paper; it comes to the open page of the police by itself', async () => {
    await record(buyer, 'site.add', [['type', 'site', 'C-2'], ['type', 'name', '二号库'], ['choose', 'kind', '仓库'], ['type', 'region', '360302'], ['type', 'address', '三号路']]);
    await record(buyer, 'permit.apply', [['type', 'application', 'A-1'], ['type', 'agency', 'ps-px'], ['choose', 'kind', 'C23-BUY-1'], ['choose', 'lines-0-substance', 'CN3-02'],
      ['type', 'lines-0-quantity', '200 公斤'], ['type', 'purpose', '溶剂'], ['type', 'supplier', 'P-1']]);
    await police.page.getByRole('row').filter({ hasText: 'A-1' }).getByRole('button', { name: '签发许可' }).waitFor();
  }],
  ['the police issue what was asked for: the form is filled in from the application', async () => {
    const { page } = police;
    await page.getByRole('row').filter({ hasText: 'A-1' }).getByRole('button', { name: '签发许可' }).click();
    const form = formOf(page);
    await page.waitForFunction(() => document.querySelector('#f-lines-0-quantity')?.value === '200 kg');
    await form.type('permit', 'GM-1');
    await form.day('valid_from', dayFromNow(0));
    await form.day('valid_to', dayFromNow(25));
    await form.send();
    await isWell(police, 'journey-issued');
  }],
  ['the sale is recorded by the seller and confirmed by the buyer', async () => {
    await record(sender, 'sale.record', [['type', 'sale', 'S-1'], ['type', 'buyer', 'P-2'], ['choose', 'substance', 'CN3-02'], ['type', 'quantity', '200 kg'], ['type', 'licence', 'GPB-1'],
      ['type', 'permit', 'GM-1'], ['choose', 'payment', '转账']]);
    await record(buyer, 'sale.confirm', [['type', 'sale', 'S-1'], ['type', 'quantity', '200 kg']]);
  }],
  ['the goods leave, and the page of the buyer shows them coming, without how much', async () => {
    await open(buyer.page, site, 'goods');
    await record(sender, 'transfer.dispatch', [['type', 'consignment', 'W-1'], ['type', 'receiver', 'P-2'], ['choose', 'from_site', 'C-1'], ['type', 'to_site', 'C-2'], ['type', 'lines-0-lot', 'L-1'],
      ['type', 'lines-0-quantity', '200 kg'], ['type', 'carrier', 'P-3'], ['type', 'vehicle', '赣J12345'], ['type', 'sale', 'S-1'], ['type', 'permit', 'YS-1']]);
    await buyer.page.getByRole('row').filter({ hasText: 'W-1' }).waitFor();
    assert(!(await buyer.page.locator('.content').innerText()).includes('200'), 'the receiver sees what was shipped');
    await picture(buyer.page, 'journey-coming');
  }],
  ['the carrier takes them over', async () => {
    await go(carrier, 'goods/W-1');
    await carrier.page.getByRole('button', { name: '承运交接' }).click();
    const form = formOf(carrier.page);
    await carrier.page.waitForFunction(() => document.querySelector('#f-lines-0-lot')?.value === 'L-1');
    await form.type('vehicle', '赣J12345');
    await form.choose('seals_intact', '是');
    await form.type('lines-0-quantity', '200 kg');
    await form.type('permit', 'YS-1');
    await form.send();
  }],
  ['the buyer counts blind, and 20 kg are missing: all four hear of it within a second', async () => {
    await open(police.page, site, 'findings');
    await open(sender.page, site, 'findings');
    await open(carrier.page, site, 'goods');
    await go(buyer, 'goods/W-1');
    await buyer.page.getByRole('button', { name: '签收盘点' }).click();
    const form = formOf(buyer.page);
    await buyer.page.waitForFunction(() => document.querySelector('#f-lines-0-lot')?.value === 'L-1');
    await form.type('lines-0-quantity', '180 kg');
    await form.choose('seals_intact', '是');
    await form.toSign();
    await watchForNews();
    const stored = buyer.page.waitForResponse((answer) => answer.url().endsWith('/v1/entries') && answer.status() === 201);
    await form.sign();
    const { rtime } = await (await stored).json();
    for (const [name, who] of Object.entries(all)) {
      await who.page.locator('.news').first().waitFor();
      const took = (await who.page.evaluate(() => window.toldAt)) - Date.parse(rtime);
      console.log(`     ${name}: ${took} ms after the count`);
      assert(took <= 1_000, `${name} heard of it after ${took} ms`);
    }
    for (const amount of ['200 千克', '180 千克', '-20 千克']) await buyer.page.locator('.reveal').getByText(amount, { exact: true }).waitFor();
    for (const [name, who] of Object.entries(all)) await isWell(who, `journey-finding-${name}`);
  }],
  ['the list of the police holds it, without being loaded again', async () => {
    const link = police.page.getByRole('row').filter({ hasText: 'W-1' }).getByRole('link', { name: /^F-/ });
    finding = await link.innerText();
    await sender.page.getByRole('row').getByRole('link', { name: finding }).waitFor();
    assert((await police.page.locator('[aria-live=polite] .news').filter({ hasText: 'W-1' }).count()) === 1, 'it is not said politely');
  }],
  ['the carrier goes to it from the news and explains it', async () => {
    const { page } = carrier;
    await page.locator('.news').filter({ hasText: 'W-1' }).getByRole('link', { name: '查看' }).click();
    await page.getByRole('button', { name: '说明异常' }).click();
    const form = formOf(page);
    await form.choose('cause', '泄漏');
    await form.type('statement', '一桶渗漏，现场已清理');
    await form.send();
    assert((await page.locator('.news').filter({ hasText: 'W-1' }).count()) === 0, 'what was looked at is still news');
  }],
  ['the police see the explanation on the open page and close the finding', async () => {
    const { page } = police;
    await go(police, `finding/${finding}`);
    await page.getByText('一桶渗漏').waitFor();
    await page.getByRole('button', { name: '处理异常' }).click();
    const form = formOf(page);
    await form.choose('verdict', '认可');
    await form.type('statement', '经核实为渗漏');
    await form.send();
  }],
  ['it is closed on the page of everybody', async () => {
    for (const who of [sender, carrier, buyer]) {
      await go(who, `finding/${finding}`);
      await who.page.locator('.ant-tag').filter({ hasText: '已结' }).first().waitFor();
    }
    await isWell(sender, 'journey-closed');
  }],
  ['nothing was tried that a page must not', () => {
    for (const { wrongs } of Object.values(all)) assert(wrongs.length === 0, wrongs.join('\n'));
  }],
  ['the server ends in peace', () => stop(server)],
]);
