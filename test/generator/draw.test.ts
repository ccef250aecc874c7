import { expect, it } from "vitest";
import { BackendError } from "../../src/core/errors.js";
import { createDrawing } from "../../src/generator/draw.js";
import { openModel } from "../../src/mapping/open-model.js";
import { pictureInputs } from "../../src/sampling/picture-request.js";
import { golden } from "../helpers/golden.js";

/** 3 classes, z of 9 numbers: the smallest module there is. */
const MODULE = golden("modules/biggan-if.tar.gz");

it("opens its back-end at the first picture, keeps it, and opens another when it has failed", async () => {
  await using model = await openModel(MODULE);
  let opened = 0;
  const failing = {
    ...model,
    parameters: () => {
      opened++;
      if (opened === 1) throw new BackendError("reference: out of order");
      return model.parameters();
    },
  };
  const drawing = createDrawing(failing, "reference");
  const inputs = pictureInputs({ count: 2 }, model.graph);
  expect([opened, drawing.description]).toEqual([0, undefined]);
  await expect(drawing.draw(inputs)).rejects.toThrow("reference: out of order");
  expect(await drawing.draw(inputs)).toHaveLength(2);
  expect(await drawing.draw(inputs)).toHaveLength(2);
  expect([opened, drawing.description]).toEqual([2, "float64, plain loops"]);
  await drawing.close();
  await expect(drawing.draw(inputs)).rejects.toThrow("biggan-if.tar.gz: the model has been closed");
});

it("rejects at once when its signal is raised, before or while it draws, and others go on", async () => {
  await using model = await openModel(MODULE);
  const drawing = createDrawing(model, "reference");
  const inputs = pictureInputs({ count: 3 }, model.graph);
  await expect(drawing.draw(inputs, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "interrupted" });
  const stop = new AbortController();
  const seen: number[] = [];
  // More than can be drawn before the event loop has its turn.
  const many = pictureInputs({ count: 40 }, model.graph);
  const stopped = drawing.draw(many, { signal: stop.signal, onPicture: (_, index) => seen.push(index) });
  const other = drawing.draw(inputs);
  setTimeout(() => stop.abort(), 1);
  await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
  const before = seen.length;
  expect(await other).toHaveLength(3);
  expect(seen.length).toBe(before);
  await drawing.close();
});
