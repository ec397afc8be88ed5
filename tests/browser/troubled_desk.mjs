// The desk at which things go wrong: one officer of one unit, with a form that is quick to fill in.
import { assert, browse } from './lib.mjs';
import { formOf, makeVerifiedCity, seat } from './city.mjs';

/** Waits until something is so, in the registry or in a page. */
export async function until(what, isSo, patience = 20_000) {
  for (const end = Date.now() + patience; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) if (await isSo()) return;
  throw new Error(`waited in vain: ${what}`);
}

export async function makeTroubledDesk() {
  const city = await makeVerifiedCity();
  const { site, server, keys, file, addPerson, submit, reader, tokenOf } = city;
  file('GPB-1', 0);
  addPerson('P-1', keys.unit, 'R-8', 'information-officer');
  const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
  unit('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });
  const browser = await browse();
  const desk = await seat(browser, site, keys['R-8']);

  const asAuditor = async (path) => (await fetch(server.url + path, { headers: { Authorization: `Bearer ${tokenOf('auditor')}` } })).json();
  /** How many entries of a type are stored, and the newest of them. */
  const stored = async (type) => (await asAuditor('/v1/entries?limit=200')).data.filter((each) => each.type === type);
  const sites = async () => Promise.all((await stored('site.add')).map(async ({ index }) => (await asAuditor(`/v1/entries/${index}`)).payload.site));

  async function typeSite(page, id, name) {
    const form = formOf(page);
    await page.goto(`${site}/#/record`);
    await page.locator('.families').waitFor();
    await page.goto(`${site}/#/record/site.add`);
    await form.field('site').waitFor();
    await form.type('site', id);
    await form.type('name', name);
    await form.choose('kind', '仓库');
    await form.type('region', '360302');
    await form.type('address', '二号路');
  }
  const signButton = (page) => page.locator('.ant-modal-footer .ant-btn-primary:enabled');
  const hold = async (page, pattern, act) => {
    await page.route(pattern, act);
    return () => page.unroute(pattern, act);
  };
  /** Apart from what a broken connection makes the browser say, a page does nothing that it must not. */
  const isInnocent = ({ wrongs }) => {
    const bad = wrongs.filter((each) => !/ERR_|status of 5|Failed to fetch|Failed to load resource/.test(each));
    assert(bad.length === 0, bad.join('\n'));
  };
  return { ...city, browser, desk, unit, asAuditor, stored, sites, typeSite, signButton, hold, isInnocent };
}
