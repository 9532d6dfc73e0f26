// Rules for numbers that carry a check of their own. Where a number may come under several systems, all of them are
// held to it: see the NamingSystems for which of them is the one to send.

Invariant: cn-idc-format
Severity: #error
Description: "公民身份号码应为18位：6位地区码、8位出生日期、3位顺序码和1位校验码（GB 11643-1999）；15位旧号请先升位。"
Expression: """
  (value.exists() and system in ('urn:oid:2.16.156.10011.1.3' | 'urn:oid:2.16.840.1.113883.2.23.1.19.1'
    | 'urn:oid:2.16.840.1.113883.2.23.1.9.1'))
  implies value.matches(
    '^[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$')
  """

// An argument of a function says $this where it means the identifier: not every engine finds it otherwise.
// Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, two digits each; the remainder by 11 picks the check character.
Invariant: cn-idc-checksum
Severity: #error
Description: "公民身份号码的校验码不正确，请核对是否录入有误（GB 11643-1999）。"
Expression: """
  (system in ('urn:oid:2.16.156.10011.1.3' | 'urn:oid:2.16.840.1.113883.2.23.1.19.1'
    | 'urn:oid:2.16.840.1.113883.2.23.1.9.1') and value.matches('^[0-9]{17}[0-9X]$'))
  implies value.substring(17, 1) = '10X98765432'.substring(
    $this.value.toChars().take(17)
      .select($this.toInteger() * '0709100508040201060307091005080402'.substring($index * 2, 2).toInteger())
      .aggregate($this + $total, 0) mod 11, 1)
  """

Invariant: cn-id-preferred
Severity: #warning
Description: "该号码使用了同义的标识系统；请改用国家 OID（身份证 urn:oid:2.16.156.10011.1.3），以便与其他机构的记录对应。"
Expression: """
  (system in ('urn:oid:2.16.840.1.113883.2.23.1.19.1' | 'urn:oid:2.16.840.1.113883.2.23.1.9.1')).not()
  """

Invariant: cn-health-record-number
Severity: #error
Description: "居民健康档案编号应为17位数字：县6位、乡镇3位、村3位、序号5位。"
Expression: "(value.exists() and system = 'urn:oid:2.16.156.10011.1.2') implies value.matches('^[1-9][0-9]{16}$')"

Invariant: cn-birth-certificate-number
Severity: #error
Description: "出生医学证明编号应为1位大写字母加9位数字。"
Expression: """
  (value.exists() and system = 'urn:fhirhub:identifier:birth-certificate') implies value.matches('^[A-Z][0-9]{9}$')
  """

// Characters 0-9 A-Z without I O S V Z; weight 3 to the power of the place, modulo 31, two digits each.
Invariant: cn-uscc-checksum
Severity: #error
Description: "统一社会信用代码的校验码不正确，请核对是否录入有误（GB 32100-2015）。"
Expression: """
  (system = 'urn:oid:2.16.156.10011.1.5' and value.matches('^[0-9A-HJ-NPQRTUWXY]{18}$'))
  implies '0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf($this.value.substring(17, 1)) = (31 -
    $this.value.toChars().take(17)
      .select('0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf($this)
        * '0103092719261617202925130824103028'.substring($index * 2, 2).toInteger())
      .aggregate($this + $total, 0) mod 31) mod 31
  """

Invariant: cn-org-code-checksum
Severity: #error
Description: "组织机构代码的校验码不正确，请核对是否录入有误（GB 11714-1997）。"
Expression: """
  (system = 'urn:oid:2.16.156.10011.1.5' and value.matches('^[0-9A-Z]{8}[0-9X]$'))
  implies '0X987654321'.substring(
    $this.value.toChars().take(8)
      .select('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf($this) * '37905842'.substring($index, 1)
        .replace('0', '10').toInteger())
      .aggregate($this + $total, 0) mod 11, 1) = value.substring(8, 1)
  """

Invariant: cn-org-code-format
Severity: #error
Description: "机构编号应为18位统一社会信用代码、9位组织机构代码或22位卫生机构（组织）代码（WS 218）。"
Expression: """
  (value.exists() and system = 'urn:oid:2.16.156.10011.1.5')
  implies value.matches('^([0-9A-HJ-NPQRTUWXY]{18}|[0-9A-Z]{8}[0-9X]|[0-9A-Z]{22})$')
  """

Invariant: cn-nhsa-institution
Severity: #error
Description: "医保定点医疗机构编码应为字母H加11位数字。"
Expression: """
  (value.exists() and system = 'urn:fhirhub:identifier:nhsa-institution') implies value.matches('^H[0-9]{11}$')
  """

Invariant: cn-nhsa-practitioner
Severity: #error
Description: "医保医师编码应为字母D（护士为N）加12位数字。"
Expression: """
  (value.exists() and system = 'urn:fhirhub:identifier:nhsa-practitioner') implies value.matches('^[DN][0-9]{12}$')
  """

Invariant: cn-mobile
Severity: #error
Description: "手机号码应为11位、以13至19开头（可带+86）。"
Expression: """
  (system = 'phone' and use = 'mobile' and value.exists()) implies value.matches('^([+]?86[- ]?)?1[3-9][0-9]{9}$')
  """

Invariant: cn-division
Severity: #error
Description: "行政区划代码应为6位（县级）、9位（乡镇）或12位（村）数字，前两位为有效的省级代码（GB/T 2260）。"
Expression: """
  code.matches('^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}([0-9]{3}([0-9]{3})?)?$')
  """

Invariant: cn-idc-birth-date
Severity: #warning
Description: "身份证号中的出生日期与 birthDate 不一致，请核对。"
Expression: """
  birthDate.empty()
  or identifier.where(system = 'urn:oid:2.16.156.10011.1.3' and value.length() = 18)
    .all($this.value.substring(6, 8).startsWith(%resource.birthDate.toString().replace('-', '')))
  """

Invariant: cn-idc-gender
Severity: #warning
Description: "身份证号的顺序码（奇数为男、偶数为女）与 gender 不一致，请核对。"
Expression: """
  (gender in ('male' | 'female')).not()
  or identifier.where(system = 'urn:oid:2.16.156.10011.1.3' and value.matches('^[0-9]{17}[0-9X]$')).empty()
  or (identifier.where(system = 'urn:oid:2.16.156.10011.1.3').first().value.substring(16, 1).toInteger() mod 2 = 1)
    = (gender = 'male')
  """
