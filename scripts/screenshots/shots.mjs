// What the demo page is shown doing: a link, a visitor's window, and what they do there.

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 1000, height: 640 };

/** One bit of the weights is not what the manifest's hash is of. */
async function damageWeights(page) {
  await page.route("**/*.bin", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length >> 1] ^= 0x10;
    await route.fulfill({ response, body });
  });
}

const click = (role, name) => (page) => page.getByRole(role, { name }).first().click();

export const SHOTS = [
  { id: "samples", fragment: "#view=samples&class=3&seed=42&truncation=0.5&count=12" },
  { id: "dark", fragment: "#view=samples&class=9&seed=7&truncation=0.6&count=12", dark: true },
  { id: "phone", fragment: "#view=samples&class=6&seed=42&truncation=0.5&count=6", viewport: PHONE },
  {
    id: "class-picker",
    viewport: TABLET,
    fragment: "#view=samples&class=3&seed=42&truncation=0.5&count=12",
    async act(page) {
      await page.getByRole("combobox", { name: "Class" }).fill("r");
    },
  },
  { id: "mix", fragment: "#view=mix&mix=3:0.5,4:0.5&seed=42&truncation=0.5&count=12" },
  { id: "morph", fragment: "#view=morph&from=3,10&to=8,20&truncation=0.5&steps=24&speed=12&frame=9" },
  { id: "compare", fragment: "#view=compare&class=8&seed=3&truncation=0.2&second=1&count=6" },
  { id: "zoom", fragment: "#view=samples&class=8&seed=42&truncation=0.5&count=12&zoom=2" },
  {
    id: "status",
    fragment: "#view=samples&class=4&count=3",
    viewport: TABLET,
    act: click("button", /Back-end and model/),
  },
  { id: "own-model", fragment: "#view=samples&class=4&count=3", viewport: TABLET, act: click("button", "Your model") },
  {
    id: "loading",
    viewport: TABLET,
    host: { stalls: { ".bin": 0.62 } },
    wait: (page) => page.locator("#loading-detail", { hasText: "left" }).waitFor({ timeout: 60_000 }),
  },
  {
    id: "damaged",
    viewport: TABLET,
    before: damageWeights,
    wait: (page) => page.locator("#loading.failed").waitFor({ timeout: 60_000 }),
  },
];
