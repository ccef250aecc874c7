/**
 * The normal distribution function and its inverse, by the rational approximations of Stephen L. Moshier's Cephes library
 * (https://www.netlib.org/cephes/, ndtr.c and ndtri.c, release 2.8), whose coefficients are below: scipy computes both the
 * same way, so that values agree with it to the last bits. V8's exp, log and sqrt are the same on every machine.
 */

/** Numerator and denominator, highest power first. */
type Ratio = readonly [readonly number[], readonly number[]];

/** erf(x) / x in x², for |x| < 1. */
const ERF: Ratio = [
  [9.604973739870516, 90.02601972038427, 2232.005345946843, 7003.325141128051, 55592.30130103949],
  [1, 33.56171416475031, 521.3579497801527, 4594.323829709801, 22629.000061389095, 49267.39426086359],
];

/** erfc(x) exp(x²) for 1 <= x < 8. */
const ERFC: Ratio = [
  [
    2.461969814735305e-10, 0.5641895648310689, 7.463210564422699, 48.63719709856814, 196.5208329560771,
    526.4451949954773, 934.5285271719576, 1027.5518868951572, 557.5353353693994,
  ],
  [
    1, 13.228195115474499, 86.70721408859897, 354.9377788878199, 975.7085017432055, 1823.9091668790973,
    2246.3376081871097, 1656.6630919416134, 557.5353408177277,
  ],
];

/** The same for x >= 8. */
const ERFC_FAR: Ratio = [
  [0.5641895835477551, 1.275366707599781, 5.019050422511805, 6.160210979930536, 7.4097426995044895, 2.9788666537210022],
  [
    1, 2.2605286322011726, 9.396035249380015, 12.048953980809666, 17.08144507475659, 9.608968090632859,
    3.369076451000815,
  ],
];

/** (x / √2π - w) / w³ in w², where w = y - 1/2 and exp(-2) < y < 1 - exp(-2). */
const CENTRE: Ratio = [
  [-59.96335010141079, 98.00107541859997, -56.67628574690703, 13.931260938727968, -1.2391658386738125],
  [
    1, 1.9544885833814176, 4.676279128988815, 86.36024213908905, -225.46268785411937, 200.26021238006066,
    -82.03722561683334, 15.90562251262117, -1.1833162112133,
  ],
];

/** In 1 / z, where z = √(-2 log y) < 8. */
const TAIL: Ratio = [
  [
    4.0554489230596245, 31.525109459989388, 57.16281922464213, 44.08050738932008, 14.684956192885803,
    2.1866330685079025, -0.1402560791713545, -0.03504246268278482, -0.0008574567851546854,
  ],
  [
    1, 15.779988325646675, 45.39076351288792, 41.3172038254672, 15.04253856929075, 2.504649462083094,
    -0.14218292285478779, -0.03808064076915783, -0.0009332594808954574,
  ],
];

/** The same for z >= 8. */
const TAIL_FAR: Ratio = [
  [
    3.2377489177694603, 6.915228890689842, 3.9388102529247444, 1.3330346081580755, 0.20148538954917908,
    0.012371663481782003, 0.00030158155350823543, 2.6580697468673755e-6, 6.239745391849833e-9,
  ],
  [
    1, 6.02427039364742, 3.6798356385616087, 1.3770209948908132, 0.21623699359449663, 0.013420400608854318,
    0.00032801446468212774, 2.8924786474538068e-6, 6.790194080099813e-9,
  ],
];

const SQRT_2PI = 2.5066282746310002;
const EXP_MINUS_2 = 0.1353352832366127;

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const divide = ([numerator, denominator]: Ratio, x: number) => horner(numerator, x) / horner(denominator, x);

const erf = (x: number) => (x * horner(ERF[0], x * x)) / horner(ERF[1], x * x);

/** For x >= 1. */
function erfc(x: number): number {
  const [numerator, denominator] = x < 8 ? ERFC : ERFC_FAR;
  const scale = Math.exp(-x * x);
  return scale === 0 ? 0 : (scale * horner(numerator, x)) / horner(denominator, x);
}

/** The probability that a standard normal value is below `a`. NaN gives NaN. */
export function ndtr(a: number): number {
  const x = a * Math.SQRT1_2;
  if (Math.abs(x) < 1) return 0.5 + 0.5 * erf(x);
  const tail = 0.5 * erfc(Math.abs(x));
  return x > 0 ? 1 - tail : tail;
}

/** The `x` with `ndtr(x) = y`: -Infinity at 0, Infinity at 1, NaN outside [0, 1]. */
export function ndtri(y: number): number {
  if (y === 0) return Number.NEGATIVE_INFINITY;
  if (y === 1) return Number.POSITIVE_INFINITY;
  if (!(y > 0 && y < 1)) return Number.NaN;
  const upper = y > 1 - EXP_MINUS_2;
  const p = upper ? 1 - y : y;
  if (p > EXP_MINUS_2) {
    const w = p - 0.5;
    const square = w * w;
    return (w + w * ((square * horner(CENTRE[0], square)) / horner(CENTRE[1], square))) * SQRT_2PI;
  }
  const z = Math.sqrt(-2 * Math.log(p));
  const correction = divide(z < 8 ? TAIL : TAIL_FAR, 1 / z) / z;
  const x = z - Math.log(z) / z - correction;
  return upper ? x : -x;
}
