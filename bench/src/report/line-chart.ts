import type { Axis, Curve } from "../harness/benchmark.ts";
import { formatQuantity } from "./format-quantity.ts";

const WIDTH = 760;
const HEIGHT = 380;
const PLOT = { left: 80, right: 20, top: 48, bottom: 88 } as const;
/** Told apart by people who do not see all colours, and on paper by their dashes. */
const STROKES = [
  { color: "#1f5fa8", dash: "" },
  { color: "#b8500f", dash: "7 4" },
  { color: "#4b7a2b", dash: "2 4" },
] as const;

/** A curve as an SVG of its own, readable on light and dark pages. The vertical axis begins at zero: flat lines look flat. */
export function lineChart({ title, x, y, lines }: Curve): string {
  const points = lines.flatMap((line) => line.points);
  const horizontal = scaleOf(
    x,
    points.map(([at]) => at),
    [PLOT.left, WIDTH - PLOT.right],
  );
  const highest = niceAbove(Math.max(...points.map(([, value]) => value)));
  const vertical = (value: number): number => HEIGHT - PLOT.bottom - (value / highest) * (HEIGHT - PLOT.bottom - PLOT.top);
  const yTicks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * highest);
  const xTicks = [...new Set(points.map(([at]) => at))].sort((a, b) => a - b);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="6" fill="#ffffff"/>`,
    text([WIDTH / 2, 26], title, 'text-anchor="middle" font-size="16" font-weight="bold"'),
    ...yTicks.flatMap((value) => [
      `<path d="M${PLOT.left} ${at(vertical(value))}H${WIDTH - PLOT.right}" stroke="#d5d9de"/>`,
      text([PLOT.left - 8, vertical(value) + 4], formatQuantity(value, y.unit), 'text-anchor="end"'),
    ]),
    ...xTicks.map((value) => text([horizontal(value), HEIGHT - PLOT.bottom + 20], formatQuantity(value, x.unit), 'text-anchor="middle"')),
    text(
      [(PLOT.left + WIDTH - PLOT.right) / 2, HEIGHT - PLOT.bottom + 42],
      `${x.label}; up: ${y.label}`,
      'text-anchor="middle" fill="#555b63"',
    ),
    ...lines.flatMap((line, index) => drawn(line, index, ([value, height]) => `${at(horizontal(value))} ${at(vertical(height))}`)),
    "</svg>",
    "",
  ].join("\n");
}

type Line = Curve["lines"][number];

function drawn({ name, points }: Line, index: number, place: (point: readonly [number, number]) => string): readonly string[] {
  const { color, dash } = STROKES[index % STROKES.length] ?? STROKES[0];
  const stroke = `fill="none" stroke="${color}" stroke-width="2.5"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
  const legendX = PLOT.left + index * 270;
  const legendY = HEIGHT - 18;
  return [
    `<polyline points="${points.map(place).join(" ")}" ${stroke}/>`,
    ...points.map((point) => `<circle cx="${place(point).replace(" ", '" cy="')}" r="3.5" fill="${color}"/>`),
    `<path d="M${legendX} ${legendY - 4}h28" ${stroke}/>`,
    text([legendX + 36, legendY], name),
  ];
}

function scaleOf(
  { isLogarithmic = false }: Axis,
  values: readonly number[],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const measure = (value: number): number => (isLogarithmic ? Math.log10(value) : value);
  const [low, high] = [measure(Math.min(...values)), measure(Math.max(...values))];
  const margin = 24;
  const perUnit = high === low ? 0 : (to - from - 2 * margin) / (high - low);
  return (value) => from + margin + (measure(value) - low) * perUnit;
}

/** The next number above that people count by. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 4, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function text([x, y]: readonly [number, number], content: string, attributes = ""): string {
  const fill = attributes.includes("fill=") ? "" : ' fill="#1c2024"';
  return `<text x="${at(x)}" y="${at(y)}"${fill} ${attributes}>${escaped(content)}</text>`.replace(" >", ">");
}

function at(value: number): string {
  return value.toFixed(1);
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
