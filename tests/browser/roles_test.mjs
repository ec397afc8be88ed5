// Every page of the console, opened by every role: it opens, or it says what it is for, which desk one has, and where to go.
import { join } from 'node:path';
import { assert, browse, isWell, openPage, quiet, stop, tell } from './lib.mjs';
import { dayFromNow, makeVerifiedCity, sayRoutine, signIn } from './city.mjs';

const city = await makeVerifiedCity();
const { server, site, keys, reader, submit, file, addUnit, addPerson, home } = city;
const by = (key, party) => (type, payload) => Number(/index (\d+)/.exec(submit(keys[key].file, party, type, payload, ...reader))[1]);
const kg = (value) => ({ value, unit: 'kg' });

/** What a unit P-1 may never see: the name of another unit, and the amount that it holds. */
const secrets = ['别家', '4.321'];
addUnit('P-9', '别家化工厂', ['trader'], '91360302MA35FP7T1X');
const [own, other] = [by('unit', 'P-1'), by('P-9', 'P-9')];
for (const [unit, at, lot, amount] of [[own, 'C-1', 'L-1', '500'], [other, 'C-9', 'L-9', '4321']]) {
  unit('site.add', { site: at, name: '一号库', kind: 'store', region: '360302', address: '一号路' });
  unit('stock.open', { site: at, lines: [{ lot, substance: 'CN3-02', quantity: kg(amount) }] });
}
const ownEntry = own('use.record', { site: 'C-1', lot: 'L-1', quantity: kg('1'), purpose: '试验', used_on: dayFromNow(0) });
const otherEntry = other('use.record', { site: 'C-9', lot: 'L-9', quantity: kg('1'), purpose: '别家用途', used_on: dayFromNow(0) });
const counted = other('stock.count', { site: 'C-9', lines: [{ lot: 'L-9', quantity: kg('4000') }], counted_on: dayFromNow(0) });
file('GPB-1', 0);
by('safety', 'em-px')('permit.issue', { permit: 'GPB-9', kind: 'C3T-FILE', holder: 'P-9', lines: [{ substance: 'CN3-02' }], valid_from: dayFromNow(0), valid_to: dayFromNow(700), purpose: '别家经营' });

for (const [person, duty] of [['R-1', 'information-officer'], ['R-3', 'responsible-person'], ['R-4', 'driver'], ['R-5', 'pharmacist']]) addPerson('P-1', keys.unit, person, duty);
for (const duty of ['inspector', 'issuer', 'approver', 'auditor']) addPerson('ps-px', keys.police, duty, duty);

const ofUnit = { officer: 'R-1', responsible: 'R-3', driver: 'R-4', keeper: 'second', pharmacist: 'R-5' };
const ofAgency = { inspector: 'inspector', issuer: 'issuer', approver: 'approver', auditor: 'auditor' };
const keyOf = { ...ofUnit, ...ofAgency, bureau: 'safety' };
keys.operator = { file: join(home.data, 'keys', 'operator.pem') };
keyOf.operator = 'operator';

const pages = ['', 'record', 'record/use.record', 'record/permit.issue', 'cosign', 'tray', 'goods', 'goods/W-0', 'stock', 'lot/L-1', 'lot/L-9', 'labels/L-1', 'permits', 'permit/GPB-1', 'permit/GPB-9', 'findings',
  `finding/F-${counted}-1`, 'entries', `entry/${ownEntry}`, `entry/${otherEntry}`, 'queue', 'applications', 'coverage', 'balance', 'reports', 'certificate', 'reads', 'check', 'check/GPB-9', 'keys', 'health', 'verify'];
const hidden = ['lot/L-9', 'permit/GPB-9', `finding/F-${counted}-1`, `entry/${otherEntry}`];
const ofAuthority = ['queue', 'applications', 'coverage', 'balance', 'record/permit.issue'];
const papers = ['permits', 'permit/GPB-1', 'permit/GPB-9', 'check', 'check/GPB-9'];
const written = ['entries', `entry/${ownEntry}`, `entry/${otherEntry}`, 'reports', 'certificate', 'reads'];
const notOfStores = [...ofAuthority, ...papers, ...written, 'goods/W-0', ...hidden];
const signing = ['record', 'record/use.record', 'record/permit.issue', 'cosign', 'tray'];
const toAll = ['keys', 'health', 'verify'];
/** The pages that do not open to a role, or show nothing of what is asked for. */
const closed = {
  officer: [...ofAuthority, ...hidden, 'goods/W-0'],
  responsible: [...ofAuthority, ...hidden, 'goods/W-0'],
  keeper: notOfStores,
  pharmacist: notOfStores,
  driver: pages.filter((each) => each !== '' && !['record', 'record/use.record', 'cosign', 'tray', 'goods', ...toAll].includes(each)),
  inspector: ['reads', 'goods/W-0', 'record/use.record'],
  issuer: ['reads', 'goods/W-0', 'record/use.record'],
  approver: ['reads', 'goods/W-0', 'record/use.record'],
  auditor: [...signing, 'goods/W-0'],
  bureau: pages.filter((each) => !['', 'record', 'record/permit.issue', 'cosign', 'tray', ...papers, ...toAll].includes(each)),
  operator: pages.filter((each) => each !== '' && !toAll.includes(each)),
};

const browser = await browse();

/** Goes there within the page, as a press on a link does, and waits for what it shows. */
async function visit(page, to) {
  await page.evaluate((hash) => (location.hash = hash), `#/${to}`);
  await page.waitForFunction(() => {
    const content = document.querySelector('.content');
    return content?.querySelector('.ant-card, .elsewhere, input, button') && !content.querySelector('.waiting, .ant-spin-spinning, .ant-card-loading');
  });
  await quiet(page);
  return page.locator('.content').innerText();
}

async function isDesigned(page, role, to) {
  const state = page.locator('.elsewhere');
  assert((await state.count()) === 1, `${role} at ${to}: ${await page.locator('.content').innerText()}`);
  const words = await state.innerText();
  for (const part of ['本页用途：', '您的岗位：', '您可以前往：']) assert(words.includes(part), `${role} at ${to} is not told ${part}`);
  assert((await state.locator('.ways a').count()) > 0, `${role} at ${to} has nowhere to go`);
  assert((await page.locator('.content .ant-table').count()) === 0, `${role} at ${to} sees a table`);
  assert(await page.evaluate(() => document.activeElement?.classList.contains('elsewhere-head')), `${role} at ${to}: the keyboard stands elsewhere`);
  assert(!/\b(forbidden|not-found|[a-z]+(-[a-z]+)*-(unknown|hidden))\b/.test(words), words);
}

async function walk(role) {
  const seat = await openPage(browser, site);
  const { page, wrongs } = seat;
  await signIn(page, site, keys[keyOf[role]]);
  await page.locator('.who').waitFor();
  await page.goto(`${site}/#/`);
  await page.locator('.nav-link').first().waitFor();
  if (role in ofAgency || role === 'bureau') await sayRoutine(page);
  for (const to of pages) {
    const words = await visit(page, to);
    assert(words.trim().length > 10, `${role} at ${to}: an empty page`);
    assert(!/[{[]"\w+":/.test(words), `${role} at ${to}: ${words}`);
    if (closed[role].includes(to)) await isDesigned(page, role, to);
    else assert((await page.locator('.elsewhere').count()) === 0, `${to} does not open to ${role}`);
    const notFor = role in ofUnit || role === 'operator' ? secrets : role === 'bureau' ? ['4.321'] : [];
    for (const secret of notFor) assert(!words.includes(secret), `${role} at ${to} sees ${secret}`);
    assert(wrongs.length === 0, `${role} at ${to}: ${wrongs.join('\n')}`);
  }
  const places = await page.locator('.nav .nav-link').evaluateAll((links) => links.map((each) => each.getAttribute('href').replace('#/', '')));
  assert(places.every((each) => !closed[role].includes(each)), `the ways of ${role} lead to a closed page: ${places}`);
  await visit(page, closed[role][0]);
  await isWell(seat, `roles-${role}`);
  await seat.context.close();
}

await tell([
  ...Object.keys(closed).map((role) => [`a page that is not for the ${role} says so; none crashes, and none shows what is another's`, () => walk(role)]),
  ['the way out of a closed page is walked by keys', async () => {
    const { page } = await openPage(browser, site);
    await signIn(page, site, keys[keyOf.driver]);
    await page.locator('.who').waitFor();
    await visit(page, 'stock');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash !== '#/stock');
    await page.waitForFunction(() => document.querySelector('.content .ant-card') && !document.querySelector('.elsewhere'));
  }],
  ['the server ends in peace', () => stop(server)],
]);
