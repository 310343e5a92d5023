/**
 * Words of attributes by which nobody is scored, grouped or found: what a person is, not what a
 * customer does. Ethnicity, religion, health, sex, politics and unions, and age (the birthday counts
 * for a month's points only).
 */
const words: ReadonlySet<string> = new Set(
  `age ages aged dob born birth nation nations race races racial sex sexes male female health illness
   sick faith church caste tribe tribal union unions gay lgbt lgbtq skin blood`.split(/\s+/),
);

/** Long enough to be looked for inside words run together, `customergender`. */
const stems: readonly string[] =
  `gender ethnic religio sexual orientacion nationality birthday birthdate birthyear yearofbirth
   dateofbirth agegroup agerange ageband agebracket disabilit disabled handicap medical medicine
   diagnos disease pregnan genetic biometric politic partymember tradeunion laborunion labourunion
   unionmember minzu xingbie zongjiao nianling shengri zhengzhi jiankang`.split(/\s+/);

const chinese: readonly string[] =
  `民族 种族 種族 族裔 人种 人種 国籍 國籍 籍贯 籍貫 宗教 信仰 教派 健康 疾病 病史 病历 病歷 医疗 醫療 残疾 殘疾
   残障 殘障 怀孕 懷孕 血型 基因 性别 性別 男女 性取向 性倾向 性傾向 同性恋 同性戀 政治 党派 黨派 党员 黨員
   政党 政黨 工会 工會 年龄 年齡 年纪 年紀 岁数 歲數 出生 生日 生辰 生肖`.split(/\s+/);

/**
 * Whether a name, in whatever spelling (`customer_gender`, `Customer Gender`, `客户性别`), tells of
 * such an attribute. A name that only sounds so is refused too: it can be given another.
 */
export function isSensitive(name: string): boolean {
  const plain = name.normalize('NFKC');
  if (chinese.some((word) => plain.includes(word))) return true;
  const parts = plain
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (parts.some((part) => words.has(part))) return true;
  const joined = parts.join('');
  return stems.some((stem) => joined.includes(stem));
}
