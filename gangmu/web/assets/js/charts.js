// Draws the charts of a page from the tables beside them: the table is the truth, the drawing its shape.
// One hue; what is late or open is hatched, so that it reads in black and white; the value stands at the bar.
import * as echarts from "echarts/core";
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const px = (rem) => rem * parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Rows of the table: its label, the number in data-value (null where there is none) and the text as shown. */
function rows(table) {
  return Array.from(table.tBodies[0].rows).map((row) => {
    const cell = row.querySelector("[data-value]");
    return {
      label: row.dataset.short || row.cells[0].textContent.trim(),
      value: cell.dataset.value === "" ? null : Number(cell.dataset.value),
      text: cell.textContent.trim(),
      open: row.dataset.open === "yes",
    };
  });
}

function decal() {
  return { symbol: "rect", color: token("--zhe"), dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };
}

function bar(row) {
  const open = { color: token("--zhe-wash"), borderColor: token("--zhe"), borderWidth: 1, decal: decal() };
  return { value: row.value, itemStyle: row.open ? open : { color: token("--bar"), decal: { symbol: "none" } } };
}

function options(element, shown) {
  const narrow = element.clientWidth < 40 * shown.length;
  const small = px(narrow ? 0.6875 : 0.8125);
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: small },
    aria: { enabled: false, decal: { show: true } },
    grid: { left: 2, right: 2, top: px(1.6), bottom: px(1.9), containLabel: false },
    tooltip: {
      trigger: "axis", renderMode: "richText", backgroundColor: token("--sheet"), borderColor: token("--line-2"),
      textStyle: { color: token("--ink"), fontSize: px(0.875) }, axisPointer: { type: "none" },
      formatter: (points) => `${shown[points[0].dataIndex].label}  ${shown[points[0].dataIndex].text}`,
    },
    xAxis: {
      type: "category", data: shown.map((row) => row.label), axisTick: { show: false },
      axisLine: { lineStyle: { color: token("--line-2") } },
      axisLabel: { color: token("--ink-3"), fontSize: small, interval: 0 },
    },
    yAxis: { type: "value", show: false, min: 0 },
    series: [{
      type: "bar", barWidth: "62%", data: shown.map(bar),
      label: { show: true, position: "top", color: token("--ink"), fontSize: small, formatter: (p) => shown[p.dataIndex].text },
    }],
  };
}

document.querySelectorAll("[data-chart]").forEach((element) => {
  const table = document.getElementById(element.dataset.chart);
  if (!table) return;
  const chart = echarts.init(element, null, { renderer: "svg" });
  const draw = () => {
    chart.resize();
    chart.setOption(options(element, rows(table)));
    // on paper the drawing is as wide as the words, which a drawing without a frame of its own would not be
    const drawn = element.querySelector("svg");
    drawn.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
  };
  draw();
  window.addEventListener("resize", draw);
});
