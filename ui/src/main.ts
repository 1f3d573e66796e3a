import { mount } from "svelte";
import "./styles/tokens.css";
import "./styles/base.css";
import App from "./App.svelte";
import { appearance } from "./appearance.svelte";
import { choose } from "./host";

appearance.apply();
const host = await choose();
mount(App, { target: document.body, props: { host } });
