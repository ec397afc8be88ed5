// The demo's city as each desk sees it: every page of the guide is opened and pictured. tools/pictures keeps the pictures.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, browse, isWell, openPage, pictures, serve, stop, tell } from './lib.mjs';
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
  page.setDefaultTimeout(30_000);
  await signIn(page, site, keyOf(party));
  if (purpose) {
    await page.getByLabel(purpose, { exact: true }).check();
    await page.getByRole('button', { name: '开始查看' }).click();
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
  ['the police see each deviation with its amount and its custodian', async () => {
    police = await sit('ps-pingxiang', '检查');
    await show(police, 'findings', 'police-findings');
  }],
  ['a loss lies between two signatures, in named hands', async () => {
    await police.page.goto(`${site}/#/finding/${loss.id}`);
    await police.page.getByText('赣JA3718').first().waitFor();
    await isWell(police, 'police-loss');
  }],
  ['its lot is traced forwards from where it was made', async () => {
    await police.page.goto(`${site}/#/lot/${loss.lot}`);
    await police.page.locator('.graph canvas').first().waitFor();
    await police.page.waitForLoadState('networkidle');
    await police.page.locator('.graph').scrollIntoViewIfNeeded();
    await isWell(police, 'police-trace');
  }],
  ...[['balance', 'police-balance'], ['coverage', 'police-coverage']].map(([place, name]) => [`the police page ${place} holds the month of the city`, () => show(police, place, name)]),
  ['the safety bureau asks for a paper from a telephone', async () => {
    const safety = await sit('em-pingxiang', '检查', { viewport: { width: 390, height: 844 } });
    const paper = (await answer('/v1/permits?holder=anyuan-reagents')).data.find((each) => ['issued', 'partly_used'].includes(each.state) && each.amounts.some((one) => one.granted.amount));
    await safety.page.goto(`${site}/#/check/${paper.no}`);
    await safety.page.locator('.verdict').first().waitFor();
    await safety.page.waitForLoadState('networkidle');
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
  ['each picture is small enough to be read on a slow line', async () => {
    const large = readdirSync(pictures).filter((name) => name.endsWith('.png') && statSync(join(pictures, name)).size > kPictureBytes);
    assert(large.length === 0, large.join(' '));
  }],
  ['the server ends in peace', () => stop(server)],
]);
