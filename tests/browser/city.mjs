// A small city: a served registry, an authority of public security, one of emergency management, and a unit.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { makeHome, openPage, program, quiet, serve } from './lib.mjs';

const run = (args, input) => execFileSync(program, args.map(String), { encoding: 'utf8', input });

export function dayFromNow(days) {
  return new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
}

export async function makeCity() {
  const home = makeHome();
  const tokenOf = (role) => new RegExp(`${role}\\s+(\\S{43})`).exec(home.said)[1];
  const logKey = /log key +(\S+)/.exec(home.said)[1];
  const server = await serve('serve', '--data', home.data, '--port', '0', '--quiet');

  function newKey(name) {
    const file = join(home.folder, `${name}.pem`);
    run(['key', 'new', '--suite', 'p256-sha256', '--out', file]);
    const { spki, suite } = JSON.parse(run(['key', 'show', file, '--json']));
    return { file, public: { spki, suite } };
  }
  const reader = ['--token', tokenOf('regulator'), '--log-key', logKey];
  const submit = (file, party, type, payload, ...more) =>
    run(['submit', '--server', server.url, '--key', file, '--party', party, '--type', type, '-', ...more], JSON.stringify(payload));

  const keys = { police: newKey('police'), safety: newKey('safety'), unit: newKey('unit'), second: newKey('second') };
  for (const [agency, name, role, key] of [
    ['ps-px', '萍乡市公安局', 'PS', keys.police],
    ['em-px', '萍乡市应急管理局', 'EM', keys.safety],
  ])
    submit(join(home.data, 'keys', 'operator.pem'), 'operator', 'agency.enrol',
      { agency, name, role, level: 'C', region: '360300', key: key.public }, '--second', key.file, ...reader);
  submit(keys.unit.file, 'P-1', 'party.register',
    { name: '萍乡"甲"化工有限公司', kinds: ['trader'], uscc: '91360302MA770HY85A', region: '360302', address: '一号路', key: keys.unit.public },
    '--first', '--log-key', logKey);
  /** Another unit, registered and verified. */
  const addUnit = (id, name, kinds, uscc) => {
    keys[id] = newKey(id);
    submit(keys[id].file, id, 'party.register', { name, kinds, uscc, region: '360302', address: '二号路', key: keys[id].public }, '--first', '--log-key', logKey);
    submit(keys.police.file, 'ps-px', 'party.verify', { party: id, method: 'in-person' }, ...reader);
  };
  /** A second person of a party: an officer with a key of their own. */
  const addPerson = (party, admin, officer, duty) => {
    keys[officer] = newKey(officer);
    submit(admin.file, party, 'officer.appoint', { officer, duty }, ...reader);
    submit(admin.file, party, 'key.enrol', { key: keys[officer].public, role: 'officer', officer }, '--second', keys[officer].file, ...reader);
  };
  return { server, home, site: server.url.replace('127.0.0.1', 'localhost'), keys, reader, submit, tokenOf, addUnit, addPerson };
}

/** A city whose unit is verified and has a second person with a key. `file` issues it a filing certificate, good from so many days on. */
export async function makeVerifiedCity() {
  const city = await makeCity();
  const { keys, reader, submit } = city;
  submit(keys.police.file, 'ps-px', 'party.verify', { party: 'P-1', method: 'in-person' }, ...reader);
  submit(keys.unit.file, 'P-1', 'officer.appoint', { officer: 'R-2', duty: 'keeper' }, ...reader);
  submit(keys.unit.file, 'P-1', 'key.enrol', { key: keys.second.public, role: 'officer', officer: 'R-2' }, '--second', keys.second.file, ...reader);
  const file = (permit, from) =>
    submit(keys.safety.file, 'em-px', 'permit.issue',
      { permit, kind: 'C3T-FILE', holder: 'P-1', lines: [{ substance: 'CN3-02' }], valid_from: dayFromNow(from), valid_to: dayFromNow(700), purpose: '经营' }, ...reader);
  return { ...city, file };
}

/** Signs in with the key that the browser holds. */
export async function enter(page, site) {
  await page.goto(`${site}/#/keys`);
  await page.locator('.key').getByRole('button', { name: /登\s*录/ }).click();
}

/** Brings a key into the page and signs in with it. */
export async function signIn(page, site, key) {
  await page.goto(`${site}/#/keys`);
  await page.locator('input[type=file]').setInputFiles(key.file);
  await enter(page, site);
}

/** Goes to a page of the console and waits until it shows what it has read. */
export async function open(page, site, name) {
  await page.goto(`${site}/#/${name}`);
  await page.locator(`.nav-link[aria-current=page][href$="#/${name}"]`).waitFor();
  await page.waitForFunction(() => {
    const content = document.querySelector('.content');
    return content?.querySelector('.ant-card, input, button') && !content.querySelector('.waiting, .ant-spin-spinning, .ant-card-loading');
  });
  await quiet(page);
}

/** Says that the visit is routine, where a person of an authority is asked. */
export async function sayRoutine(page) {
  await page.getByRole('button', { name: '开始查看' }).click();
  await page.locator('.purpose').waitFor();
}

/** Somebody with a browser of their own, signed in, on the page of the duties. */
export async function seat(browser, site, key, more = []) {
  const it = await openPage(browser, site);
  await it.page.goto(`${site}/#/keys`);
  for (const each of [key, ...more]) {
    await it.page.locator('input[type=file]').setInputFiles(each.file);
    await it.page.locator('.key').nth([key, ...more].indexOf(each)).waitFor();
  }
  await it.page.locator('.key').first().getByRole('button', { name: /登\s*录/ }).click();
  await it.page.getByText(/今日待办|为什么查看/).first().waitFor();
  if (await it.page.getByText('为什么查看').count()) await sayRoutine(it.page);
  return it;
}

/** The form of a step as a person fills it in. Places are those of the payload: "lines-0-quantity". */
export function formOf(page) {
  const field = (place) => page.locator(`#f-${place}`);
  const type = async (place, text) => {
    await field(place).fill(text);
    await field(place).blur();
  };
  const choose = async (place, text) => {
    await field(place).click();
    await field(place).fill(text);
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active').filter({ hasText: text }).waitFor();
    await field(place).press('Enter');
  };
  const day = async (place, text) => {
    await field(place).fill(text);
    await field(place).press('Enter');
  };
  const toSign = () => page.getByRole('button', { name: '核对并签署' }).click();
  const sign = async () => {
    // By the key: what the dialog still reads may move the button away from under a mouse.
    await page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
    await page.getByText('回执已在本页验证').waitFor().catch(async (error) => {
      throw new Error(`${error.message}\nThe page says: ${(await page.locator('.ant-modal, .ant-alert, .content').allInnerTexts()).join('\n')}`);
    });
  };
  return { field, type, choose, day, toSign, sign, send: async () => (await toSign(), await sign()) };
}
