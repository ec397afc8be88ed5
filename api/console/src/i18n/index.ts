import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zh from './zh.json';

export type Language = 'zh' | 'en';
const kept = 'tallystick.language';

function remembered(): Language {
  return localStorage.getItem(kept) === 'en' ? 'en' : 'zh';
}

function show(language: string): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** Chinese unless the user chose English before. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: remembered(),
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    keySeparator: false,
    nsSeparator: false,
  });
  show(i18n.language);
}

export async function choose(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await i18n.changeLanguage(language);
  show(language);
}
