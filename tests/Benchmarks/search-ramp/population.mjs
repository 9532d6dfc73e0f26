// The people the ramp searches among: invented, about 40 resources each, and the same on every machine. A patient
// depends on the seed and on her number alone, so that a store grows from one step to the next.

const Seed = 20260101;
const Loinc = 'http://loinc.org';
const Ucum = 'http://unitsofmeasure.org';
const Icd10 = 'http://hl7.org/fhir/sid/icd-10';
const Cvx = 'http://hl7.org/fhir/sid/cvx';
const Atc = 'http://www.whocc.no/atc';
const Terminology = 'http://terminology.hl7.org/CodeSystem';
const Day = 86_400_000;
const Today = Date.UTC(2026, 0, 1);

export const RecordNumbers = 'urn:oid:2.16.156.10011.1.2';
export const Institutions = 40;
export const Practitioners = 200;

const Families = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const Givens = {
    female: ['秀英', '丽', '桂英', '敏', '静', '玉兰', '桂兰', '艳', '秀兰', '婷', '雪梅', '欣怡', '梓涵', '诗涵', '雨桐', '一诺', '佳琪',
        '思雨', '淑珍', '红梅', '美玲', '晓燕', '春花', '月娥', '凤英', '慧敏', '若曦', '子萱', '语嫣', '海燕'],
    male: ['伟', '强', '磊', '军', '勇', '杰', '涛', '超', '明', '刚', '平', '建国', '志强', '国庆', '浩宇', '子轩', '浩然', '宇航', '俊杰',
        '天磊', '文博', '德海', '永福', '金山', '玉柱', '海龙', '晓东', '春生', '家豪', '思远'],
};
const Counties = [['150702', '海拉尔区'], ['150721', '阿荣旗'], ['150723', '鄂伦春自治旗'], ['150724', '鄂温克族自治旗'],
    ['150781', '满洲里市'], ['150782', '牙克石市'], ['150783', '扎兰屯市'], ['150785', '根河市']];

// Laboratory tests: code, name, unit, mean, deviation, digits.
const Tests = [
    ['2345-7', '葡萄糖', 'mmol/L', 5.8, 1.3, 1], ['14647-2', '总胆固醇', 'mmol/L', 4.9, 0.8, 1],
    ['718-7', '血红蛋白', 'g/L', 138, 14, 0], ['2160-0', '肌酐', 'umol/L', 72, 16, 0],
    ['4548-4', '糖化血红蛋白', '%', 5.9, 0.8, 1], ['3094-0', '尿素氮', 'mmol/L', 5.4, 1.2, 1],
    ['6690-2', '白细胞', '10*9/L', 6.3, 1.5, 1], ['777-3', '血小板', '10*9/L', 228, 48, 0],
];
const Illnesses = [['I10', '原发性高血压'], ['E11', '2型糖尿病'], ['J06', '急性上呼吸道感染'], ['K29', '慢性胃炎'], ['M54', '腰背痛'],
    ['I25', '慢性缺血性心脏病'], ['E78', '高脂血症'], ['J44', '慢性阻塞性肺疾病']];
const Medicines = [['C08CA01', '氨氯地平'], ['A10BA02', '二甲双胍'], ['C10AA05', '阿托伐他汀'], ['A02BC01', '奥美拉唑'],
    ['J01CA04', '阿莫西林'], ['B01AC06', '阿司匹林']];
const Vaccines = [['08', '乙肝疫苗'], ['141', '流感疫苗'], ['133', '肺炎球菌疫苗'], ['208', '新型冠状病毒疫苗']];
const Procedures = [['31', '剖宫产术'], ['47', '阑尾切除术'], ['45', '结肠镜检查'], ['88', '超声检查']];

/** The resources everybody shares. */
export function institutions() {
    const all = [];
    for (let n = 0; n < Institutions; n++) {
        all.push({
            resourceType: 'Organization', id: institution(n), active: true,
            name: `${Counties[n % 8][1]}第${n + 1}卫生院（示例）`,
            address: [{ city: '呼伦贝尔市', district: Counties[n % 8][1], country: 'CN' }],
        });
    }
    for (let n = 0; n < Practitioners; n++) {
        const chance = chanceOf(`practitioner-${n}`);
        const [family, given] = [pick(chance, Families), pick(chance, Givens.female)];
        all.push({
            resourceType: 'Practitioner', id: practitioner(n), active: true,
            name: [{ text: family + given, family, given: [given] }],
        });
    }
    return all;
}

/** A patient and everything about her; what refers to what is by id, so loading it twice changes nothing. */
export function patient(number) {
    const chance = chanceOf(`patient-${number}`);
    const id = `ramp-${String(number).padStart(6, '0')}`;
    const subject = { reference: `Patient/${id}` };
    const gender = chance() < 0.5 ? 'female' : 'male';
    const [family, given] = [pick(chance, Families), pick(chance, Givens[gender])];
    const [county, district] = pick(chance, Counties);
    const village = 1 + int(chance, 60);
    const all = [{
        resourceType: 'Patient', id, meta: { security: [{ system: `${Terminology}/v3-ActReason`, code: 'HTEST' }] },
        identifier: [{ system: RecordNumbers, value: `${county}${String(number).padStart(9, '0')}` }], active: true,
        name: [{ use: 'official', text: family + given, family, given: [given] }],
        telecom: [{ system: 'phone', value: `154${String(int(chance, 1e8)).padStart(8, '0')}`, use: 'mobile' }],
        gender, birthDate: day(Today - (1 + int(chance, 90 * 365)) * Day),
        address: [{
            text: `内蒙古自治区呼伦贝尔市${district}第${village}村${1 + int(chance, 180)}号`, city: '呼伦贝尔市', district,
            state: '内蒙古自治区', country: 'CN',
        }],
        managingOrganization: { reference: `Organization/${institution(int(chance, Institutions))}` },
    }];
    const add = (type, name, rest) => {
        all.push({ resourceType: type, id: `${id}-${name}`, ...rest });
        return { reference: `${type}/${id}-${name}` };
    };
    for (let n = 0; n < 6; n++) {
        visit(chance, add, subject, n);
    }
    for (let n = 0; n < 3; n++) {
        const [code, text] = pick(chance, Vaccines);
        add('Immunization', `dose-${n}`, {
            status: 'completed', vaccineCode: concept(Cvx, code, text), patient: subject, primarySource: true,
            occurrenceDateTime: day(Today - int(chance, 1500) * Day), lotNumber: `示例${int(chance, 1e6)}`,
        });
    }
    const [code, text] = pick(chance, Procedures);
    add('Procedure', 'procedure', {
        status: 'completed', code: concept('urn:oid:2.16.156.10011.2.3.1.10', code, text), subject,
        performedDateTime: moment(Today - int(chance, 1500) * Day),
    });
    return all;
}

/** One of six visits, spread over three years: what is measured each time, and what is done now and then. */
function visit(chance, add, subject, number) {
    const start = Today - (1 + number * 180 + int(chance, 180)) * Day + (1 + int(chance, 8)) * Day / 24;
    const effectiveDateTime = moment(start);
    const performer = { reference: `Practitioner/${practitioner(int(chance, Practitioners))}` };
    const serviceProvider = { reference: `Organization/${institution(int(chance, Institutions))}` };
    const [illness, complaint] = pick(chance, Illnesses);
    const encounter = add('Encounter', `visit-${number}`, {
        status: 'finished', class: { system: `${Terminology}/v3-ActCode`, code: 'AMB' }, subject,
        participant: [{ individual: performer }],
        period: { start: effectiveDateTime, end: moment(start + 15 * 60_000) },
        reasonCode: [concept(Icd10, illness, complaint)], serviceProvider,
    });
    const observe = (name, category, code, text, value) => add('Observation', `${name}-${number}`, {
        status: 'final', category: [{ coding: [{ system: `${Terminology}/observation-category`, code: category }] }],
        code: concept(Loinc, code, text), subject, encounter, effectiveDateTime, performer: [performer], ...value,
    });
    const pressure = [['8480-6', normal(chance, 128, 16, 0)], ['8462-4', normal(chance, 78, 10, 0)]];
    observe('pressure', 'vital-signs', '85354-9', '血压', {
        component: pressure.map(([code, value]) => ({ code: concept(Loinc, code),
            valueQuantity: quantity(value, 'mm[Hg]') })),
    });
    if (number % 2 === 0) {
        observe('weight', 'vital-signs', '29463-7', '体重', { valueQuantity: quantity(normal(chance, 64, 11, 1), 'kg') });
        const results = [0, 1, 2].map(n => {
            const [code, text, unit, mean, deviation, digits] = Tests[n === 0 ? 0 : 1 + int(chance, Tests.length - 1)];
            const valueQuantity = quantity(normal(chance, mean, deviation, digits), unit);
            return observe(`laboratory-${n}`, 'laboratory', code, text, { valueQuantity });
        });
        add('DiagnosticReport', `report-${number}`, {
            status: 'final', category: [concept(`${Terminology}/v2-0074`, 'LAB')],
            code: concept(Loinc, '24323-8', '生化检验'),
            subject, encounter, effectiveDateTime, issued: effectiveDateTime, result: results,
            conclusion: `${complaint}患者，建议${3 + int(chance, 10)}个月后复查`,
        });
        add('Condition', `illness-${number}`, {
            clinicalStatus: concept(`${Terminology}/condition-clinical`, 'active'),
            code: concept(Icd10, illness, complaint),
            subject, encounter, recordedDate: day(start),
        });
        const [code, text] = pick(chance, Medicines);
        add('MedicationRequest', `medicine-${number}`, {
            status: 'active', intent: 'order', medicationCodeableConcept: concept(Atc, code, text), subject, encounter,
            authoredOn: effectiveDateTime, requester: performer,
        });
    } else {
        observe('pulse', 'vital-signs', '8867-4', '心率', { valueQuantity: quantity(normal(chance, 74, 9, 0), '/min') });
    }
}

const institution = number => `ramp-institution-${number}`;
const practitioner = number => `ramp-practitioner-${number}`;
const concept = (system, code, text) => ({ coding: [{ system, code }], ...(text && { text }) });
const quantity = (value, code) => ({ value, unit: code, system: Ucum, code });
const day = time => new Date(time).toISOString().slice(0, 10);
const moment = time => `${new Date(time + Day / 3).toISOString().slice(0, 19)}+08:00`;

/** Numbers from 0 to 1 that only the name decides: mulberry32 over FNV-1a. */
export function chanceOf(name) {
    let state = (0x811c9dc5 ^ Seed) >>> 0;
    for (const letter of name) {
        state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    }
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

export const int = (chance, below) => Math.floor(chance() * below);
export const pick = (chance, list) => list[int(chance, list.length)];

function normal(chance, mean, deviation, digits) {
    const sum = chance() + chance() + chance() + chance() - 2;
    return Number((mean + sum * 1.73 * deviation).toFixed(digits));
}
