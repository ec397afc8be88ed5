// The demo's city as each desk sees it: every page of the guide is opened and pictured. tools/pictures keeps the pictures.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, browse, isWell, openPage, pictures, quiet, serve, stop, tell } from './lib.mjs';
import { open, signIn } from './city.mjs';

const kPictureBytes = 150_000;
const data = mkdtempSync(join(tmpdir(), 'tallystick-guide-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true }));
const server = await serve('demo', '--port', '0', '--data', data);
const site = server.url.replace('127.0.0.1', 'localhost');
const token = /regulator 监管 Authorization: Bearer (\S+)/.exec(server.said)[1];
const answer = async (path) => (await fetch(server.url + path, { headers: { Authorization: `Bearer ${token}` } })).json();
const keyOf = (party) => ({ file: join(data, 'people', `${party}.pem`) });

const browser = await browse();

/** A browser of its own for each person, wide or of the size of a telephone. */
async function sit(party, purpose, options = { viewport: { width: 1180, height: 740 } }) {
  const { page, context, wrongs } = await openPage(browser, site, options);
    await signIn(page, site, keyOf(party));
  if (purpose) {
    await page.getByLabel(purpose, { exact: true }).check();
    await page.getByRole('button', { name: '开始查看' }).click();
  } else {
    await page.getByText('今日待办').waitFor();
  }
  return { page, context, wrongs };
}

const show = async (seat, place, name) => {
  await open(seat.page, site, place);
  await isWell(seat, name);
};

let officer;
let police;
const loss = (await answer('/v1/findings?kind=loss-in-transit')).data.find((each) => each.kind === 'loss-in-transit');

await tell([
  ['the officer opens the desk and sees what is due, with its day and its article', async () => {
    officer = await sit('huaxin-changsha');
    await officer.page.getByText('今日待办').waitFor();
    await isWell(officer, 'officer-duties');
  }],
  ...[['goods', 'officer-goods'], ['stock', 'officer-stock'], ['permits', 'officer-permits'], ['record', 'officer-record']].map(([place, name]) => [
    `the officer's page ${place} holds the month of the city`,
    () => show(officer, place, name),
  ]),
  ['behind a lot of its stock stands every movement, with its entry and its balance', async () => {
    const mine = (await answer('/v1/balances?party=huaxin-changsha')).data[0];
    await officer.page.goto(`${site}/#/lot/${mine.lot}`);
    await officer.page.getByText('逐笔进出').waitFor();
    await officer.page.locator('.ant-table-row').first().waitFor();
    await isWell(officer, 'officer-lot');
    await officer.page.getByRole('button', { name: '打印标签' }).click();
    await officer.page.locator('.label .qr').nth(11).waitFor();
    await isWell(officer, 'officer-labels');
  }],
  ['the waybill on paper has a code and no amounts', async () => {
    const sent = (await answer('/v1/consignments?party=huaxin-changsha')).data.find((each) => each.counted === null);
    await officer.page.goto(`${site}/#/goods/${sent.id}`);
    await officer.page.getByText('盘点前').first().or(officer.page.getByText('盘点后显示').first()).waitFor();
    await officer.page.emulateMedia({ media: 'print' });
    const paper = officer.page.locator('.waybill');
    await paper.locator('.qr').waitFor();
    assert(!/千克|吨/.test(await paper.innerText()), await paper.innerText());
    assert((await paper.innerText()).includes('萍乡市安源化学试剂有限公司'), 'the sender has no name');
    await isWell(officer, 'officer-waybill');
    await officer.page.emulateMedia({ media: 'screen' });
  }],
  ['reports of the unit are read and saved as a workbook', async () => {
    await show(officer, 'reports', 'officer-reports');
    const saved = officer.page.waitForEvent('download');
    await officer.page.getByRole('button', { name: 'XLSX' }).click();
    assert((await saved).suggestedFilename().endsWith('.xlsx'), (await saved).suggestedFilename());
  }],
  ['a unit prints a statement of what is missing, or that nothing is', async () => {
    await officer.page.goto(`${site}/#/certificate`);
    await officer.page.locator('.certificate .proof').waitFor();
    await quiet(officer.page);
    await isWell(officer, 'officer-certificate');
  }],
  ['what was written down wrong stands beside what set it right', async () => {
    const correction = (await answer('/v1/entries?type=entry.correct')).data[0];
    const unit = await sit(correction.party);
    await unit.page.goto(`${site}/#/entry/${correction.index}`);
    const pair = unit.page.locator('.correction');
    await pair.locator('.ant-table-row').first().waitFor();
    await quiet(unit.page);
    await pair.evaluate((card) => scrollTo(0, card.getBoundingClientRect().top + scrollY - 90));
    await isWell(unit, 'officer-correction');
    await unit.context.close();
  }],
  ['the police see each deviation with its amount and its custodian', async () => {
    police = await sit('ps-pingxiang', '检查');
    await show(police, 'findings', 'police-findings');
  }],
  ['a loss lies between two signatures, in named hands', async () => {
    await police.page.goto(`${site}/#/finding/${loss.id}`);
    await police.page.getByText('首次不符').waitFor();
    await police.page.getByText('流失区间').scrollIntoViewIfNeeded();
    await police.page.locator('.ant-card', { hasText: '流失区间' }).evaluate((card) => scrollTo(0, card.offsetTop - 70));
    await isWell(police, 'police-loss');
  }],
  ['its lot is traced forwards from where it was made', async () => {
    await police.page.goto(`${site}/#/lot/${loss.lot}`);
    await police.page.locator('.graph canvas').first().waitFor();
    await quiet(police.page);
    await police.page.locator('.custody').first().getByText('0119-A').first().waitFor();
    await police.page.locator('.graph').evaluate((graph) => scrollTo(0, graph.offsetTop - 90));
    await isWell(police, 'police-trace');
  }],
  ['the same stands as a timeline, in which the loss is marked; and as it was on an earlier day', async () => {
    await police.page.setViewportSize({ width: 1180, height: 560 });
    await police.page.getByText('时间轴', { exact: true }).click();
    await police.page.locator('.timeline .bad').first().waitFor();
    const all = await police.page.locator('.timeline li').count();
    await police.page.locator('.timeline .bad').first().evaluate((line) => scrollTo(0, line.getBoundingClientRect().top + scrollY - 300));
    await isWell(police, 'police-timeline');
    await police.page.setViewportSize({ width: 1180, height: 740 });
    const handle = police.page.getByRole('slider', { name: '截至' });
    await handle.focus();
    for (let day = 0; day < 12; day += 1) await handle.press('ArrowLeft');
    await police.page.waitForFunction((before) => document.querySelectorAll('.timeline li').length < before, all);
    await police.page.getByText('现在', { exact: true }).waitFor({ state: 'detached' });
  }],
  ...[['balance', 'police-balance'], ['coverage', 'police-coverage']].map(([place, name]) => [`the police page ${place} holds the month of the city`, () => show(police, place, name)]),
  ['a line of the balance opens as streams, drawn and said', async () => {
    await open(police.page, site, 'balance');
    await police.page.getByText('醋酸酐').first().click();
    await police.page.locator('.sankey canvas').waitFor();
    await police.page.locator('.sankey').getByText('使用').waitFor();
    await police.page.waitForTimeout(1_200);
    await police.page.locator('.sankey').evaluate((figure) => scrollTo(0, figure.getBoundingClientRect().top + scrollY - 150));
    await isWell(police, 'police-streams');
    const saved = police.page.waitForEvent('download');
    await police.page.getByRole('button', { name: 'XLSX' }).click();
    assert(/^mass-balance-.*xlsx$/.test((await saved).suggestedFilename()), 'no workbook');
  }],
  ['a unit sees who looked at its data, when and why; what the police read is there', async () => {
    const unit = await sit('antai-chem');
    await show(unit, 'reads', 'officer-reads');
    await unit.page.getByText('萍乡市公安局').first().waitFor();
    await unit.context.close();
  }],
  ['one box finds papers by a name, by goods, by a plate on the road and by a lot, and keeps the query', async () => {
    const safety = await sit('em-pingxiang', '检查');
    const road = (await answer('/v1/consignments')).data.find((each) => each.state === 'carried' && each.permit);
    for (const [text, found] of [['安源化学', '按单位找到'], ['丙酮', ''], [loss.lot, ''], [road?.vehicle, '']].filter(([each]) => each)) {
      await safety.page.goto(`${site}/#/check/${encodeURIComponent(text)}`);
      await safety.page.locator('.found-head').waitFor();
      if (found) await safety.page.getByText(found).or(safety.page.locator('.ant-table-row')).first().waitFor();
    }
    await safety.page.getByRole('button', { name: '保存这个查询' }).click();
    await safety.page.goto(`${site}/#/check`);
    await safety.page.locator('.queries').first().getByRole('button').first().waitFor();
    await safety.page.goto(`${site}/#/check/${encodeURIComponent('丙酮')}`);
    await safety.page.locator('.found-head').waitFor();
    await isWell(safety, 'safety-many');
    for (const kind of ['CSV', 'XLSX']) {
      const saved = safety.page.waitForEvent('download');
      await safety.page.getByRole('button', { name: kind }).click();
      assert((await saved).suggestedFilename().endsWith(kind.toLowerCase()), (await saved).suggestedFilename());
    }
    await safety.context.close();
  }],
  ['the safety bureau asks for a paper from a telephone', async () => {
    const safety = await sit('em-pingxiang', '检查', { viewport: { width: 390, height: 844 } });
    const paper = (await answer('/v1/permits?holder=anyuan-reagents')).data.find((each) => ['issued', 'partly_used'].includes(each.state) && each.amounts.some((one) => one.granted.amount));
    await safety.page.goto(`${site}/#/check/${paper.no}`);
    await safety.page.locator('.verdict').first().waitFor();
    await quiet(safety.page);
    await isWell(safety, 'safety-check');
    await safety.context.close();
  }],
  ['anybody verifies an entry in the page', async () => {
    const bundle = join(data, 'bundle.json');
    writeFileSync(bundle, JSON.stringify(await answer(`/v1/entries/${loss.opened}/bundle`)));
    const { page, context, wrongs } = await openPage(browser, site, { viewport: { width: 1180, height: 740 } });
    await page.goto(`${site}/#/verify`);
    await page.waitForFunction(() => document.querySelector('#v-key')?.value.length > 20);
    await page.setInputFiles('input[type=file]', bundle);
    await page.getByText('全部相符').waitFor();
    await isWell({ page, wrongs }, 'verify');
    await context.close();
  }],
  ['each picture of the guide is small enough to be read on a slow line', async () => {
    const large = readdirSync(join(dirname(fileURLToPath(import.meta.url)), '../../docs/pictures'))
      .filter((name) => statSync(join(pictures, name)).size > kPictureBytes);
    assert(large.length === 0, large.join(' '));
  }],
  ['the server ends in peace', () => stop(server)],
]);
