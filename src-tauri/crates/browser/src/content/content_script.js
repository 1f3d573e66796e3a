// Made by `npm run build:content-script` from ui/content-script/src. Do not edit.
"use strict";
(() => {
  // src/dom.ts
  function getter(prototype, name) {
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    return (self2) => get ? Reflect.apply(get, self2, []) : self2[name];
  }
  function method(f) {
    return (self2, ...args) => Reflect.apply(f, self2, args);
  }
  var nodeType = getter(Node.prototype, "nodeType");
  var parentNode = getter(Node.prototype, "parentNode");
  var firstChild = getter(Node.prototype, "firstChild");
  var nextSibling = getter(Node.prototype, "nextSibling");
  var isConnected = getter(Node.prototype, "isConnected");
  var ownerDocument = getter(Node.prototype, "ownerDocument");
  var rootNode = method(Node.prototype.getRootNode);
  var localName = getter(Element.prototype, "localName");
  var shadowRoot = getter(Element.prototype, "shadowRoot");
  var previousElement = getter(Element.prototype, "previousElementSibling");
  var nextElement = getter(Element.prototype, "nextElementSibling");
  var rawAttribute = method(Element.prototype.getAttribute);
  var matches = method(Element.prototype.matches);
  var select = method(
    Element.prototype.querySelectorAll
  );
  var rectOf = method(Element.prototype.getBoundingClientRect);
  var documentElement = getter(Document.prototype, "documentElement");
  var defaultView = getter(Document.prototype, "defaultView");
  var activeElement = getter(Document.prototype, "activeElement");
  var readyState = getter(Document.prototype, "readyState");
  var titleOf = getter(Document.prototype, "title");
  var elementById = method(Document.prototype.getElementById);
  var fromPoint = method(Document.prototype.elementFromPoint);
  var shadowFromPoint = method(ShadowRoot.prototype.elementFromPoint);
  var execCommand = method(Document.prototype.execCommand);
  var dispatch = method(EventTarget.prototype.dispatchEvent);
  var listen = method(
    EventTarget.prototype.addEventListener
  );
  var unlisten = method(
    EventTarget.prototype.removeEventListener
  );
  var focus = method(HTMLElement.prototype.focus);
  var blur = method(HTMLElement.prototype.blur);
  var click = method(HTMLElement.prototype.click);
  var scrollTo = method(Element.prototype.scrollIntoView);
  var setInputValue = setter(HTMLInputElement.prototype);
  var setAreaValue = setter(HTMLTextAreaElement.prototype);
  var formAction = getter(HTMLFormElement.prototype, "action");
  var inputForm = getter(HTMLInputElement.prototype, "form");
  var inputAction = getter(HTMLInputElement.prototype, "formAction");
  var areaForm = getter(HTMLTextAreaElement.prototype, "form");
  var buttonForm = getter(HTMLButtonElement.prototype, "form");
  var buttonAction = getter(HTMLButtonElement.prototype, "formAction");
  var labelled = getter(HTMLLabelElement.prototype, "control");
  var frameDocument = getter(HTMLIFrameElement.prototype, "contentDocument");
  var checkVisibility = Element.prototype.checkVisibility;
  function setter(prototype) {
    const set = Object.getOwnPropertyDescriptor(prototype, "value")?.set;
    return (self2, value) => {
      if (set) Reflect.apply(set, self2, [value]);
      else self2.value = value;
    };
  }
  var fragmentSelect = method(DocumentFragment.prototype.querySelectorAll);
  var documentSelect = method(Document.prototype.querySelectorAll);
  var elementsOf = (root) => nodeType(root) === Node.DOCUMENT_NODE ? documentSelect(root, "*") : fragmentSelect(root, "*");
  function selectIn(root, selector) {
    const type = nodeType(root);
    if (type === Node.DOCUMENT_NODE) return Array.from(documentSelect(root, selector));
    return Array.from(type === Node.DOCUMENT_FRAGMENT_NODE ? fragmentSelect(root, selector) : select(root, selector));
  }
  function textOf(element, most) {
    let text = "";
    let node = firstChild(element);
    for (let steps = 0; node && node !== element && text.length < most && steps < 2e3; steps += 1) {
      const type = nodeType(node);
      if (type === Node.TEXT_NODE) text += node.data.slice(0, 4 * most).replace(/\s+/g, " ");
      const silent = isElement(node) && ["script", "style", "noscript", "template", "svg"].includes(localName(node));
      let next2 = type === Node.ELEMENT_NODE && !silent ? firstChild(node) : null;
      if (isElement(node) && !next2) text += " ";
      while (!next2 && node && node !== element) {
        next2 = nextSibling(node);
        if (!next2) node = parentNode(node);
      }
      node = next2;
    }
    return text.slice(0, most);
  }
  var attribute = (element, name) => rawAttribute(element, name) ?? "";
  var isElement = (node) => node !== null && nodeType(node) === Node.ELEMENT_NODE;
  function composedParent(node) {
    const parent = parentNode(node);
    if (parent === null) return null;
    if (isElement(parent)) return parent;
    if (nodeType(parent) === Node.DOCUMENT_FRAGMENT_NODE) return parent.host ?? null;
    if (nodeType(parent) !== Node.DOCUMENT_NODE) return null;
    try {
      return defaultView(parent)?.frameElement ?? null;
    } catch {
      return null;
    }
  }
  function contains(outer, inner) {
    for (let at2 = inner; at2; at2 = composedParent(at2)) if (at2 === outer) return true;
    return false;
  }
  function innerDocument(element) {
    if (localName(element) !== "iframe") return null;
    try {
      const inner = frameDocument(element);
      const view = inner && defaultView(inner);
      return view && view.origin === self.origin ? inner : null;
    } catch {
      return null;
    }
  }
  function rendered(element, minding) {
    if (checkVisibility) {
      const options = { checkVisibilityCSS: true, visibilityProperty: true, checkOpacity: minding.opacity, opacityProperty: minding.opacity };
      return Reflect.apply(checkVisibility, element, [options]);
    }
    if (styleOf(element).visibility !== "visible") return false;
    for (let at2 = element; at2; at2 = composedParent(at2)) {
      const style = styleOf(at2);
      if (style.display === "none" || minding.opacity && style.opacity === "0") return false;
    }
    return true;
  }
  function styleOf(element) {
    const document2 = ownerDocument(element);
    const view = (document2 && defaultView(document2)) ?? window;
    return view.getComputedStyle(element);
  }

  // src/layout.ts
  var CLIP_DEPTH = 12;
  var onPage = (element) => {
    const rect = rectOf(element);
    if (rect.width < 2 || rect.height < 2) return false;
    const document2 = ownerDocument(element);
    const view = (document2 && defaultView(document2)) ?? window;
    return rect.right + view.scrollX > 0 && rect.bottom + view.scrollY > 0 && rect.left + view.scrollX < 2e4;
  };
  var clippedAway = (element) => {
    let at2 = composedParent(element);
    for (let depth = 0; at2 && depth < CLIP_DEPTH; depth += 1, at2 = composedParent(at2)) {
      const name = localName(at2);
      if (name === "body" || name === "html" || name === "iframe") return false;
      const rect = rectOf(at2);
      if (rect.width >= 2 && rect.height >= 2) continue;
      const style = styleOf(at2);
      if (style.display !== "contents" && (style.overflow !== "visible" || style.clipPath !== "none")) return true;
    }
    return false;
  };
  var visible = (element) => rendered(element, { opacity: true }) && onPage(element) && !clippedAway(element);
  var usable = (element) => rendered(element, { opacity: false }) && onPage(element) && !clippedAway(element);
  function concealed(element) {
    if (attribute(element, "tabindex") !== "-1") return false;
    let at2 = element;
    for (let depth = 0; at2 && depth < 4; depth += 1, at2 = composedParent(at2)) if (attribute(at2, "aria-hidden") === "true") return true;
    return false;
  }
  function at(element, x, y) {
    const document2 = ownerDocument(element);
    let hit = document2 ? fromPoint(document2, x, y) : null;
    for (let depth = 0; hit && depth < 10; depth += 1) {
      const shadow = shadowRoot(hit);
      const inner = shadow && shadowFromPoint(shadow, x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  }
  function related(a, b) {
    for (const [outer, inner] of [[a, b], [b, a]]) {
      let node = inner;
      for (let depth = 0; node && depth < 200; depth += 1, node = composedParent(node)) if (node === outer) return outer === a || depth <= 3;
    }
    return false;
  }
  function uncovered(element) {
    const rect = rectOf(element);
    const points = [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75], [0.1, 0.5], [0.9, 0.5]];
    const seen = points.some(([fx, fy]) => {
      const hit = at(element, rect.left + rect.width * fx, rect.top + rect.height * fy);
      return hit !== null && related(element, hit);
    });
    if (!seen) return false;
    const document2 = ownerDocument(element);
    const frame = document2 && defaultView(document2)?.frameElement;
    return !isElement(frame ?? null) || document2 === self.document ? true : uncovered(frame);
  }

  // src/match.ts
  var WHOLE = { "ß": "ss", "ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe" };
  function normalise(text) {
    const lower = text.slice(0, 600).normalize("NFKD").replace(new RegExp("\\p{M}+", "gu"), "").toLowerCase();
    const plain = lower.replace(/[ßłøıđæœ]/g, (letter) => WHOLE[letter] ?? letter);
    return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  }
  var normaliseName = (name) => normalise(name.slice(0, 200).replace(new RegExp("(\\p{Ll})(\\p{Lu})", "gu"), "$1 $2").replace(new RegExp("(\\p{L})(\\p{N})", "gu"), "$1 $2"));
  var UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
  function matcher(table2) {
    const spaced = [];
    const anywhere = [];
    for (const phrases of Object.values(table2)) {
      for (const phrase of phrases.split("|")) {
        const pattern = phrase.split("*").map((part) => normalise(`x${part}x`).trim().slice(1, -1)).join("\\S*");
        if (UNSPACED.test(phrase)) anywhere.push(pattern.trim());
        else spaced.push(pattern);
      }
    }
    const words = spaced.length > 0 ? new RegExp(` (?:${spaced.join("|")}) `) : null;
    const pieces = anywhere.length > 0 ? new RegExp(anywhere.join("|")) : null;
    return (text) => (words?.test(text) ?? false) || pieces !== null && UNSPACED.test(text) && pieces.test(text);
  }
  var wordCount = (text) => text.trim().split(" ").reduce((sum, word) => sum + (UNSPACED.test(word) ? Math.ceil(word.length / 3) : 1), 0);

  // src/more-words.ts
  var oneTimeCode = matcher({
    en: "one time code|one time password|one time passcode|verification code|authentication code|authenticator code|authenticator|authenticator app|security code|otp|totp|2fa|mfa|passcode|6 digit code|six digit code|6 digit|two factor|two factor authentication|two step|2 step|login code|sign in code|access code|confirmation code|otp code|otp token|one time",
    es: "codigo de verificacion|codigo de un solo uso|codigo de autenticacion|codigo del autenticador|codigo de seguridad|aplicacion de autenticacion|autenticador|dos factores|dos pasos|codigo de acceso|codigo de 6",
    de: "einmalcode|einmalpasswort|einmalkennwort|bestatigungscode|verifizierungscode|sicherheitscode|authentifizierungscode|authenticator code|zwei faktor*|zweifaktor*|authentifikator*|6 stellig*|sechsstellig*",
    fr: "code de verification|code a usage unique|code d authentification|code de securite|code unique|deux facteurs|deux etapes|application d authentification|code a 6|authentificateur",
    pt: "codigo de verificacao|codigo de uso unico|codigo de autenticacao|codigo de seguranca|dois fatores|duas etapas|autenticador|codigo de 6",
    it: "codice di verifica|codice monouso|codice di autenticazione|codice di sicurezza|due fattori|due passaggi|autenticatore|app di autenticazione|codice a 6|codice otp",
    ja: "認証コード|確認コード|ワンタイム|検証コード|セキュリティコード|二段階|2段階|2 段階|二要素|2要素|6桁|認証アプリ",
    nl: "verificatiecode|eenmalige code|beveiligingscode|tweestaps*|twee factor*",
    pl: "kod weryfikacyjny|kod jednorazowy|dwuetapow*|dwuskladnikow*",
    ru: "код подтверждения|одноразовый|двухфакторн*|двухэтапн*",
    zh: "验证码|驗證碼|动态码|一次性|两步|双重|雙重",
    ko: "인증 코드|인증번호|인증 번호|일회용|2단계",
    ar: "رمز التحقق|تطبيق المصادقة|رمز المصادقة|رمز الامان|ستة ارقام|لمرة واحدة|المصادقة الثنائية"
  });
  var code = matcher({
    en: "code|token|pin|digits",
    es: "codigo|pin",
    de: "code|tan",
    fr: "code",
    pt: "codigo",
    it: "codice",
    ja: "コード|番号",
    nl: "code",
    pl: "kod",
    ru: "код",
    zh: "码|碼",
    ko: "코드|번호",
    ar: "رمز|الرمز"
  });
  var otherCode = matcher({
    en: "zip|zipcode|postal|postcode|post code|promo|promotion|coupon|discount|voucher|gift|referral|invite|invitation|country|country code|area code|dial|sort code|tax|product|cvv|cvc|csc|captcha|card|credit|birth|company|city|street|address line|state|amount|quantity|domain|tenant|workspace|qr",
    es: "codigo postal|promocion*|cupon|descuento|tarjeta|pais|nacimiento|ciudad|direccion postal",
    de: "postleitzahl|plz|gutschein*|rabatt*|aktionscode|land|vorwahl|geburt*|ort|strasse",
    fr: "code postal|code promo|coupon|remise|pays|naissance|ville|parrainage",
    pt: "cep|codigo postal|cupom|desconto|pais|nascimento|cidade",
    it: "cap|codice postale|codice fiscale|codice promo|sconto|coupon|nascita|citta",
    ja: "郵便番号|クーポン|招待|紹介|生年月日|住所|画像認証",
    zh: "邮政编码|优惠|邀请|图形|图片|圖形",
    ko: "우편번호|쿠폰|추천"
  });
  var recoveryCode = matcher({
    en: "recovery code*|backup code*|rescue code*|emergency code*|scratch code*|recovery key*|backup key*",
    es: "codigo* de recuperacion|codigo* de respaldo|codigo* de emergencia|codigo* de seguridad de reserva|codigo* de copia",
    de: "wiederherstellungscode*|wiederherstellungsschlussel*|backup code*|ersatzcode*|sicherungscode*|notfallcode*",
    fr: "code* de recuperation|code* de secours|code* de sauvegarde",
    pt: "codigo* de recuperacao|codigo* de backup|codigo* de reserva|codigo* de seguranca reserva",
    it: "codic* di recupero|codic* di backup|codic* di riserva|codic* di emergenza",
    ja: "リカバリーコード|リカバリー コード|バックアップコード|バックアップ コード|復旧コード|回復コード|リカバリコード",
    nl: "herstelcode*|back up code*|backupcode*|reservecode*",
    pl: "kod* zapasow*|kod* odzyskiwania",
    ru: "резервн* код*|код* восстановления",
    zh: "恢复代码|备用代码|恢复码|备份码|備用碼|復原碼",
    ko: "복구 코드|백업 코드",
    ar: "رموز الاسترداد|رمز الاسترداد|رموز احتياطية|الرموز الاحتياطية"
  });
  var search = matcher({
    en: "search|query|find|q|keyword*|lookup|filter",
    es: "buscar|busqueda|busca",
    de: "suche|suchen|suchbegriff",
    fr: "recherche|rechercher|chercher",
    pt: "pesquisar|pesquisa|buscar|busca|procurar",
    it: "cerca|ricerca",
    ja: "検索|さがす",
    nl: "zoeken|zoek",
    pl: "szukaj|wyszukaj",
    ru: "поиск|найти",
    sv: "sok|søg|haku",
    tr: "ara|arama",
    cs: "hledat|vyhledat|kereses",
    zh: "搜索|搜尋|查找",
    ko: "검색"
  });
  var newsletter = matcher({
    en: "newsletter*|subscribe|subscription|mailing list|updates|stay informed|stay in touch|keep me posted|waitlist",
    es: "boletin|suscri*|novedades",
    de: "newsletter*|abonnieren|rundbrief",
    fr: "newsletter*|infolettre|abonnez*|s abonner|lettre d information",
    pt: "newsletter*|boletim|assine|novidades",
    it: "newsletter*|iscriviti alla",
    ja: "メルマガ|ニュースレター|メールマガジン",
    nl: "nieuwsbrief",
    pl: "newsletter*|subskrybuj|biuletyn",
    ru: "рассылк*|подпис*",
    sv: "nyhetsbrev|uutiskirje",
    tr: "bulten|abone",
    zh: "订阅|訂閱",
    ko: "구독|뉴스레터"
  });
  var forgot = matcher({
    en: "forgot|forgotten|forget|lost|lost password|reset password|reset your password|recover|recovery|trouble|can t|cannot|help|need help|password reset|send reset",
    es: "olvidado|olvidaste|olvide|olvido|recuperar|restablecer|recuperacion|problema|problemas|no puedo|no puedes|ayuda",
    de: "vergessen|zurucksetzen|probleme|hilfe|wiederherstellen",
    fr: "oublie|oubliee|oubli|reinitialiser|recuperer|perdu",
    pt: "esqueci|esqueceu|esquecida|recuperar|redefinir|recuperacao|esqueceu se",
    it: "dimenticato|dimenticata|recupera|recupero|smarrita|reimposta",
    ja: "忘れ|お忘れ|再設定|再発行|お困り",
    nl: "vergeten|herstellen",
    pl: "zapomnialem|zapomniales|zapomniane|nie pamietam|przypomnij|odzyskaj",
    ru: "забыли|забыл|восстановить|сброс",
    sv: "glomt|glemt|unohtuiko|unohditko",
    tr: "unuttum|unuttunuz",
    cs: "zapomenut*|elfelejtett*",
    zh: "忘记|忘記|找回",
    ko: "찾기|잊",
    ar: "نسيت|هل نسيت"
  });
  var remember = matcher({
    en: "remember|remember me|keep me|stay signed in|stay logged in|keep me signed in|trust this|don t ask|persistent|rememberme|public computer|trust",
    es: "recordar*|recuerdame|recordarme|mantener*|no cerrar sesion|confiar",
    de: "angemeldet bleiben|eingeloggt bleiben|merken|erinnern|dauerhaft|vertrauen",
    fr: "se souvenir|souvenir|rester connecte|memoriser|garder ma session|faire confiance",
    pt: "lembrar*|lembre*|manter*|permanecer|confiar",
    it: "ricordami|ricorda|rimani connesso|resta connesso|mantieni|attendibile",
    ja: "保存|記憶|ログインしたまま|ログイン状態|次回から|信頼",
    nl: "onthoud*|ingelogd blijven|aangemeld blijven",
    pl: "zapamietaj*|pamietaj",
    ru: "запомнить|помнить",
    sv: "kom ihag|husk|muista|hall mig inloggad",
    tr: "beni hatirla|hatirla",
    cs: "zapamatovat*|emlekezz*",
    zh: "记住|記住|自动登录|保持登录",
    ko: "로그인 유지|기억|자동 로그인|상태 유지",
    ar: "تذكرني|ابقني مسجلا|البقاء مسجل"
  });
  var passwordless = matcher({
    en: "passwordless|without password|without a password|without your password|without using a password|instead of password|instead of a password|instead of my password|no password|sign in with this|discoverable|resident key|primary sign in",
    es: "sin contrasena|sin una contrasena|sin clave|en lugar de la contrasena|en vez de la contrasena",
    de: "passwortlos*|kennwortlos*|ohne passwort|ohne kennwort|ohne ein passwort|statt passwort|anstelle des passworts",
    fr: "sans mot de passe|sans utiliser de mot de passe|au lieu du mot de passe|a la place du mot de passe",
    pt: "sem senha|sem palavra passe|em vez da senha|sem uma senha",
    it: "senza password|senza una password|al posto della password|invece della password",
    ja: "パスワードなし|パスワード不要|パスワードレス|パスワードを使わず|パスワードの代わり|パスワード無し",
    nl: "zonder wachtwoord|wachtwoordloos",
    pl: "bez hasla|bezhaslow*",
    ru: "без пароля|вместо пароля",
    zh: "无密码|免密|無密碼",
    ko: "비밀번호 없이|비밀번호 없는",
    ar: "دون كلمة المرور|بدون كلمة مرور|بدون كلمة المرور|بدلا من كلمة المرور"
  });
  var terms = matcher({
    en: "terms|agree|accept|privacy|conditions|policy|consent|at least 18|newsletter*|offers",
    es: "terminos|condiciones|acepto|privacidad|politica",
    de: "agb|nutzungsbedingungen|datenschutz*|akzeptiere|stimme|zustimm*|bedingungen",
    fr: "conditions|accepte|confidentialite|cgu|cgv",
    pt: "termos|aceito|privacidade|concordo|condicoes",
    it: "termini|accetto|privacy|condizioni|informativa",
    ja: "利用規約|同意|プライバシー",
    nl: "voorwaarden|akkoord",
    pl: "regulamin|akceptuje|zgod*",
    ru: "согла*|услови*|политик*",
    zh: "同意|条款|隐私",
    ko: "동의|약관"
  });
  var personal = matcher({
    en: "first name|firstname|fname|last name|lastname|lname|surname|full name|fullname|given name|family name|your name|birthday|birth|dob|gender|company|organization|country|city|zip|postal|address|street",
    es: "nombre completo|apellido*|tu nombre|nacimiento|empresa",
    de: "vorname|nachname|familienname|geburt*|firma|anrede",
    fr: "prenom|nom de famille|naissance|societe|entreprise|civilite",
    pt: "sobrenome|nome completo|seu nome|nascimento|apelido",
    it: "cognome|nascita|azienda",
    ja: "氏名|お名前|姓|生年月日",
    nl: "voornaam|achternaam",
    pl: "imie|nazwisko",
    ru: "имя|фамилия|дата рождения",
    zh: "姓名|姓氏|生日",
    ko: "이름|성명|생년월일"
  });
  var confirmAccess = matcher({
    en: "confirm access|confirm it s you|confirm its you|confirm your identity|confirm that it is you|verify that it is you|verify your identity|verify it s you|reauthenticate|re authenticate|reauthentication|confirm your password|confirm password to|enter your password to|sudo|to continue please|re enter your password|confirm your account|sign in again|log in again|for your security|protect your account|safeguard",
    es: "confirmar acceso|confirma tu identidad|confirme su identidad|confirma que eres|confirma que eres tu|verifica que eres|verifica tu identidad|reautenticar*|vuelve a introducir|confirma tu contrasena|confirme su contrasena|vuelve a iniciar",
    de: "zugriff bestatigen|zugang bestatigen|bestatige* deine identitat|bestatigen sie ihre identitat|dass sie es sind|dass du es bist|identitat bestatigen|erneut anmelden|erneut authentifizieren|reauthentifizierung|passwort bestatigen|passwort erneut|bestatige dein passwort|bestatigen sie ihr passwort",
    fr: "confirmer l acces|confirmez votre identite|confirmer votre identite|verifiez votre identite|reauthentifi*|confirmez votre mot de passe|saisissez a nouveau",
    pt: "confirmar acesso|confirme sua identidade|confirme a sua identidade|confirme sua senha|reautentic*|verifique sua identidade",
    it: "conferma accesso|conferma la tua identita|verifica la tua identita|conferma la password|riautentic*|conferma l accesso",
    ja: "本人確認|再認証|パスワードを再|再度|アクセスの確認|アクセスを確認",
    nl: "bevestig je identiteit|bevestig uw identiteit|toegang bevestigen",
    pl: "potwierdz tozsamosc|potwierdz dostep|uwierzytelnij ponownie",
    ru: "подтвердите личность|подтвердите вход|повторная",
    zh: "验证身份|确认身份|重新验证",
    ko: "본인 확인|다시 로그인|다시 인증",
    ar: "تاكيد هويتك|اكد هويتك|تاكيد الهوية|التحقق من هويتك|كلمة المرور مرة اخرى|اعادة المصادقة"
  });
  var change = matcher({
    en: "change|update|edit|set|save|modify",
    es: "cambiar|cambia|actualizar|guardar|modificar",
    de: "andern|aktualisieren|speichern|festlegen",
    fr: "changer|modifier|mettre a jour|enregistrer|definir",
    pt: "alterar|mudar|atualizar|salvar|guardar",
    it: "cambia|modifica|aggiorna|salva|cambiare|modificare",
    ja: "変更|更新|保存",
    nl: "wijzig*|opslaan",
    pl: "zmien|zapisz",
    ru: "изменить|сменить|сохранить",
    zh: "修改|更改|变更|保存",
    ko: "변경|저장",
    ar: "تغيير|تعديل|حفظ|تحديث"
  });
  var otherWay = matcher({
    en: "another way|other way|other ways|another method|other method*|other option*|more options|more ways|different method|different way|try another|choose another|alternative*|use password instead|use another|sign in options|use your password|use password|use a different",
    es: "otra forma|otro metodo|otra manera|otros metodos|otras opciones|mas opciones|otra opcion|usar contrasena",
    de: "andere methode|andere option*|anderer weg|andere moglichkeit*|anderes verfahren|weitere optionen|alternative*|auf andere weise|anders anmelden",
    fr: "autre methode|autre moyen|autres options|autrement|plus d options|autre option|d une autre maniere|essayer une autre",
    pt: "outra forma|outro metodo|outras opcoes|de outra forma|mais opcoes|outra maneira|outro modo",
    it: "altro metodo|altro modo|altri metodi|altre opzioni|piu opzioni|un altro modo|in altro modo",
    ja: "別の方法|他の方法|ほかの方法|その他の方法|別のオプション",
    nl: "andere methode|op een andere manier|andere manier",
    pl: "inny sposob|inna metoda|innego sposobu",
    ru: "другой способ|другим способом|другие способы",
    zh: "其他方式|其他方法|别的方式|换一种",
    ko: "다른 방법|다른 옵션"
  });
  var security = matcher({
    en: "security|security settings|sign in and security|login and security|password and security|two factor|2fa|mfa|two step|multi factor|sign in methods|authentication|login methods",
    es: "seguridad|dos factores|dos pasos|autenticacion|multifactor*",
    de: "sicherheit|sicherheitseinstellungen|zwei faktor*|zweifaktor*|authentifizierung|anmeldemethoden|multifaktor*",
    fr: "securite|deux facteurs|authentification|deux etapes",
    pt: "seguranca|dois fatores|duas etapas|autenticacao",
    it: "sicurezza|due fattori|autenticazione|due passaggi",
    ja: "セキュリティ|二段階認証|2段階認証|二要素認証|2要素認証|ログイン方法|多要素",
    nl: "beveiliging|tweestaps*",
    pl: "bezpieczenstwo|dwuetapow*",
    ru: "безопасность|двухфакторн*",
    zh: "安全|两步验证|双重验证",
    ko: "보안|2단계 인증",
    ar: "الامان|الحماية|طرق تسجيل الدخول"
  });
  var account = matcher({
    en: "account|my account|settings|profile|account settings|preferences|your account|manage account|edit profile",
    es: "cuenta|mi cuenta|ajustes|configuracion|perfil|preferencias",
    de: "konto|mein konto|einstellungen|profil|kontoeinstellungen",
    fr: "compte|mon compte|parametres|profil|reglages|preferences",
    pt: "conta|minha conta|configuracoes|definicoes|perfil|ajustes",
    it: "account|il mio account|impostazioni|profilo|preferenze",
    ja: "アカウント|設定|プロフィール|マイページ|アカウント設定",
    nl: "instellingen|mijn account|profiel",
    pl: "konto|ustawienia|profil",
    ru: "аккаунт|настройки|профиль",
    zh: "账户|帐户|设置|设定|个人资料",
    ko: "계정|설정|프로필|내 정보",
    ar: "حسابك|حسابي|الحساب|الاعدادات|الملف الشخصي"
  });
  var about = matcher({
    en: "learn more|what is|what s a|about|privacy|policy|terms|blog|news|help center|support|documentation|docs|report|disclosure|cookie*",
    es: "mas informacion|que es|privacidad|politica|ayuda|acerca|cookie*",
    de: "mehr erfahren|was ist|datenschutz|impressum|hilfe|cookie*",
    fr: "en savoir plus|qu est ce|confidentialite|aide|cookie*",
    pt: "saiba mais|o que e|privacidade|ajuda|cookie*",
    it: "scopri di piu|che cos|privacy|aiuto|cookie*",
    ja: "詳細|詳しく|とは|プライバシー|ヘルプ",
    zh: "了解更多|什么是|隐私|帮助",
    ko: "자세히|개인정보"
  });
  var wrong = matcher({
    en: "incorrect|invalid|wrong|not valid|not correct|doesn t match|do not match|did not match|does not match|failed|failure|error|couldn t|could not|unable|cannot|not recognized|not recognised|try again|denied|expired|required|not found|is not|are not|aren t|isn t|rejected|unsuccessful|mismatch|already used|already been used|problem",
    es: "incorrect*|invalid*|no valid*|erroneo|erronea|error|fallo|no coincide*|no es|no son|no se pudo|no se ha podido|no hemos podido|no pudimos|no podemos|no sirve|denegado|caducado|expirado|obligatorio|no se encuentra",
    de: "falsch*|ungultig*|fehler|fehlgeschlagen|stimmt nicht|stimmen nicht|nicht korrekt|konnte nicht|konnten|nicht moglich|abgelehnt|abgelaufen|nicht gefunden|inkorrekt|nicht gultig|nicht richtig",
    fr: "incorrect*|invalide*|errone*|erreur|echec|echoue|ne correspond*|impossible|refuse|expire|pas valide|n est pas|non valide*",
    pt: "incorret*|invalid*|errad*|erro|falha|falhou|nao corresponde*|nao foi possivel|tente novamente|negado|expirado|nao e|nao sao",
    it: "errat*|non valid*|sbagliat*|errore|fallit*|non corrisponde|non corrispondono|non corrett*|impossibile|negato|scadut*|non e|non sono",
    ja: "正しくありません|無効|間違|誤り|誤って|失敗|一致しません|エラー|できません|違います|不正|期限切れ|見つかりません|有効では",
    nl: "onjuist*|ongeldig*|fout|mislukt|klopt niet|niet geldig",
    pl: "nieprawidlow*|niepoprawn*|bledn*|blad|niewlasciw*",
    ru: "неверн*|неправильн*|ошибка|не удалось|недействител*",
    zh: "错误|無效|无效|不正确|失败|不匹配|有误",
    ko: "잘못|올바르지|오류|일치하지|실패|유효하지",
    ar: "غير صحيح|غير صحيحة|خطا|غير صالح|غير صالحة|تعذر|فشل|لا يمكن"
  });
  var locked = matcher({
    en: "account locked|account is locked|account has been locked|is temporarily locked|temporarily locked|locked out|account disabled|account has been disabled|account suspended|account has been suspended|account is suspended|been blocked|account is inactive",
    es: "cuenta bloqueada|cuenta ha sido bloqueada|cuenta esta bloqueada|bloqueada temporalmente|cuenta suspendida|cuenta inactiva",
    de: "konto gesperrt|konto ist gesperrt|konto wurde gesperrt|vorubergehend gesperrt|zugang gesperrt|konto deaktiviert",
    fr: "compte verrouille|compte bloque|compte est bloque|compte a ete bloque|compte est verrouille|temporairement bloque|compte suspendu|compte desactive",
    pt: "conta bloqueada|conta foi bloqueada|conta esta bloqueada|conta suspensa|temporariamente bloqueada",
    it: "account bloccato|account e bloccato|account e stato bloccato|temporaneamente bloccato|account sospeso",
    ja: "ロックされ|アカウントがロック|一時停止|凍結",
    nl: "account is geblokkeerd|account geblokkeerd|vergrendeld",
    pl: "konto zablokowane|konto zostalo zablokowane",
    ru: "аккаунт заблокирован|учетная запись заблокирована|заблокирован",
    zh: "账户已锁定|帐户已锁定|已被锁定|账号已被",
    ko: "계정이 잠|잠겼"
  });
  var rateLimited = matcher({
    en: "too many|rate limit|rate limited|slow down|try again later|attempts exceeded|wait a few|try again in",
    es: "demasiados|demasiadas|intentalo mas tarde|intentelo mas tarde|vuelve a intentarlo mas tarde|espera unos|intentar mas tarde",
    de: "zu viele|zu oft|spater erneut|spater noch einmal",
    fr: "trop de|reessayez plus tard|reessayer plus tard",
    pt: "muitas tentativas|demasiadas tentativas|tente novamente mais tarde|tente mais tarde",
    it: "troppi|troppe|riprova piu tardi",
    ja: "回数が多|試行回数|しばらくして|しばらく待|時間をおいて|多すぎ",
    nl: "te veel|te vaak|probeer het later",
    pl: "zbyt wiele|zbyt duzo|sprobuj pozniej",
    ru: "слишком много|попробуйте позже|повторите попытку позже",
    zh: "次数过多|过于频繁|稍后再试",
    ko: "너무 많|잠시 후|횟수",
    ar: "محاولات كثيرة|حاول لاحقا|عدد كبير من المحاولات"
  });
  var human = matcher({
    en: "not a robot|captcha|human verification|verify you are human|are you human|you re human|prove you|security check|checking your browser|puzzle|i m human|security challenge",
    es: "no soy un robot|verifica que eres humano|eres humano",
    de: "kein roboter|bin ein mensch|sie ein mensch|sicherheitsprufung",
    fr: "pas un robot|etes humain|etes un humain",
    pt: "nao sou um robo|e humano",
    it: "non sono un robot|sei umano",
    ja: "ロボットではありません|人間であること|画像認証",
    zh: "不是机器人|人机验证|人類",
    ko: "로봇이 아닙니다"
  });
  var sent = matcher({
    en: "we sent|we ve sent|we have sent|we just sent|we emailed|we e mailed|we ve emailed|has been sent|was sent|have been sent|been emailed|sent to|sent you|check your email|check your inbox|check your phone|check your e mail|we texted",
    es: "hemos enviado|te enviamos|le enviamos|se ha enviado|enviado a|revisa tu correo|consulta tu correo|te hemos enviado|enviamos",
    de: "haben wir|haben dir|haben ihnen|wurde gesendet|wurde an|gesendet an|geschickt|prufe deine e mails|zugesandt|gesendet",
    fr: "avons envoye|a ete envoye|envoye a|consultez votre boite|verifiez votre boite|vous avons envoye",
    pt: "enviamos|foi enviado|enviado para|verifique seu e mail|verifique o seu e mail",
    it: "abbiamo inviato|e stato inviato|inviato a|controlla la tua|ti abbiamo inviato",
    ja: "送信しました|お送りしました|送信され|届いた",
    nl: "hebben we|is verzonden|verstuurd|gestuurd naar",
    pl: "wyslalismy|zostal wyslany",
    ru: "отправили|отправлен|выслали",
    zh: "已发送|发送至|已傳送",
    ko: "보냈습니다|전송했습니다|발송",
    ar: "ارسلنا|تم ارسال|لقد ارسلنا"
  });
  var medium = matcher({
    en: "email|e mail|inbox|text message|sms|phone|mobile|whatsapp|text",
    es: "correo|sms|mensaje|telefono|movil|celular",
    de: "e mail|mail|sms|handy|telefon|nachricht",
    fr: "e mail|email|courriel|sms|telephone|mobile|message",
    pt: "e mail|email|sms|celular|telefone|mensagem|telemovel",
    it: "e mail|email|sms|telefono|cellulare|messaggio",
    ja: "メール|sms|電話|携帯|メッセージ",
    zh: "邮箱|邮件|短信|手机",
    ko: "이메일|메일|문자|휴대폰",
    ru: "почту|смс|телефон|sms",
    nl: "mail|sms|telefoon",
    pl: "mail|sms|telefon",
    ar: "البريد|بريدك|رسالة|هاتف"
  });
  var done = matcher({
    en: "success|successful|successfully|saved|updated|added|created|enabled|registered|completed|you re all set|all set|signed in as|has been",
    es: "correctamente|con exito|exito|guardado|anadid*|agregad*|cread*|activad*|actualizad*|listo|registrad*|iniciado sesion|has iniciado|ha iniciado",
    de: "erfolgreich|gespeichert|hinzugefugt|erstellt|aktiviert|aktualisiert|registriert|eingeloggt",
    fr: "succes|enregistre|ajoute|ajoutee|cree|creee|active|mise a jour|reussi",
    pt: "sucesso|salvo|adicionad*|criad*|ativad*|atualizad*",
    it: "successo|salvat*|aggiunt*|creat*|attivat*|aggiornat*|registrat*",
    ja: "完了|成功|しました|保存され|追加され|作成され",
    nl: "gelukt|opgeslagen|toegevoegd|succesvol",
    pl: "sukces|zapisano|dodano|pomyslnie",
    ru: "успешно|сохранен*|добавлен*",
    zh: "成功|已保存|已添加",
    ko: "완료|성공|저장되|추가되",
    ar: "تم بنجاح|بنجاح|تمت|اضيف|تم حفظ|تم انشاء"
  });
  var missing = matcher({
    en: "404|500|503|not found|page not found|server error|internal server error|bad gateway|service unavailable|something went wrong|forbidden|403",
    es: "no encontrada|error del servidor|algo salio mal|algo ha ido mal",
    de: "nicht gefunden|serverfehler|etwas ist schiefgelaufen",
    fr: "introuvable|erreur du serveur|erreur interne",
    pt: "nao encontrada|erro do servidor|algo deu errado",
    it: "non trovata|errore del server|qualcosa e andato storto",
    ja: "見つかりません|サーバーエラー",
    zh: "未找到|服务器错误",
    ko: "찾을 수 없"
  });
  var keyName = matcher({
    en: "name|nickname|label|title|display name|key name|description",
    es: "nombre|etiqueta|alias|apodo",
    de: "name|bezeichnung|spitzname",
    fr: "nom|libelle|surnom",
    pt: "nome|etiqueta|apelido|rotulo",
    it: "nome|etichetta|soprannome",
    ja: "名前|名称|ニックネーム|ラベル|表示名",
    nl: "naam|label",
    pl: "nazwa",
    ru: "название|имя",
    zh: "名称|名稱|昵称",
    ko: "이름|별명",
    ar: "اسم|الاسم|تسمية"
  });
  var show = matcher({
    en: "show|hide|toggle|reveal|clear|generate|copy|resend|re send|send again|send new|new code|another code|send code|get code|listen|eye|view password|language",
    es: "mostrar|ocultar|ver|reenviar|copiar|generar",
    de: "anzeigen|verbergen|einblenden|ausblenden|erneut senden|kopieren",
    fr: "afficher|masquer|renvoyer|copier|voir",
    pt: "mostrar|ocultar|reenviar|copiar|exibir",
    it: "mostra|nascondi|invia di nuovo|copia",
    ja: "表示|非表示|再送|コピー",
    nl: "tonen|verbergen|toon",
    pl: "pokaz|ukryj",
    ru: "показать|скрыть",
    zh: "显示|隐藏|重新发送|获取",
    ko: "표시|숨기기|재전송|보기"
  });
  var busy = matcher({
    en: "is busy|very busy|too busy|overloaded|temporarily unavailable|service unavailable|high load|heavy traffic|high traffic|at capacity|503",
    es: "muy ocupado|esta ocupado|sobrecargad*|temporalmente no disponible|no disponible temporalmente|servicio no disponible|saturad*",
    de: "uberlastet|ausgelastet|vorubergehend nicht verfugbar|zurzeit nicht verfugbar|derzeit nicht verfugbar|nicht erreichbar",
    fr: "surcharge|temporairement indisponible|momentanement indisponible|service indisponible|trop de trafic",
    pt: "muito ocupado|sobrecarregado|temporariamente indisponivel|servico indisponivel",
    it: "sovraccarico|temporaneamente non disponibile|servizio non disponibile|troppo occupato",
    ja: "混み合って|混雑|一時的に利用できません|過負荷|アクセスが集中",
    nl: "overbelast|tijdelijk niet beschikbaar|erg druk",
    pl: "przeciazon*|tymczasowo niedostepn*",
    ru: "перегружен*|временно недоступ*",
    zh: "系统繁忙|服务器繁忙|暂时不可用|服务不可用",
    ko: "혼잡|과부하|일시적으로 사용할 수",
    ar: "مشغول|مزدحم|غير متاح مؤقتا|غير متوفر مؤقتا"
  });
  var unconfirmed = matcher({
    en: "not confirmed|not verified|not yet confirmed|not yet verified|not been confirmed|not been verified|unconfirmed|unverified|isn t confirmed|isn t verified|hasn t been verified|hasn t been confirmed|confirm your email|verify your email|confirm your e mail|verify your e mail|must be verified|must be confirmed",
    es: "no esta confirmad*|no esta verificad*|sin confirmar|sin verificar|no ha sido confirmad*|no ha sido verificad*|todavia no esta confirmad*|aun no esta confirmad*|confirma tu correo|verifica tu correo|confirme su correo|verifique su correo",
    de: "noch nicht bestatigt|nicht bestatigt|noch nicht verifiziert|nicht verifiziert|unbestatigt|bestatigen sie ihre e mail|bestatige deine e mail|bestatigen sie zuerst",
    fr: "pas confirme*|pas encore confirme*|pas verifie*|pas encore verifie*|non confirme*|non verifie*|confirmez votre adresse|verifiez votre adresse",
    pt: "nao confirmad*|nao verificad*|nao foi confirmad*|nao foi verificad*|confirme seu e mail|verifique seu e mail",
    it: "non confermat*|non e confermat*|non ancora confermat*|non verificat*|non e verificat*|conferma il tuo indirizzo|verifica il tuo indirizzo",
    ja: "確認されていません|未確認|認証されていません|未認証|確認が完了していません|確認してください",
    nl: "niet bevestigd|nog niet bevestigd|niet geverifieerd|bevestig je e mail",
    pl: "niepotwierdzon*|nie zostal potwierdzony|niezweryfikowan*",
    ru: "не подтвержден*|подтвердите адрес|подтвердите почту",
    zh: "未验证|未确认|尚未验证|尚未确认",
    ko: "확인되지 않|인증되지 않",
    ar: "لم يؤكد|غير مؤكد|لم يتم تاكيد|لم يتم التحقق|غير محقق"
  });
  var onHold = matcher({
    en: "account is on hold|account on hold|placed on hold|account is restricted|account has been restricted|account is frozen|account has been frozen|account is under review|account is limited|account has been limited|account is suspended|account has been suspended",
    es: "cuenta esta en espera|cuenta en espera|cuenta esta restringida|cuenta esta congelada|cuenta esta limitada|cuenta esta en revision|cuenta esta suspendida",
    de: "konto ist eingeschrankt|konto wurde eingeschrankt|konto ist eingefroren|konto ist vorubergehend gesperrt|konto wird uberpruft|konto ist stillgelegt",
    fr: "compte est suspendu|compte est restreint|compte est gele|compte est limite|compte est en cours de verification",
    pt: "conta esta suspensa|conta esta restrita|conta esta em espera|conta esta limitada",
    it: "account e sospeso|account e limitato|account e bloccato temporaneamente|account e in attesa",
    ja: "アカウントは一時停止|アカウントは保留|アカウントは制限|アカウントが制限|アカウントが一時停止|利用が制限",
    nl: "account is beperkt|account is bevroren|account staat on hold",
    pl: "konto jest wstrzymane|konto jest ograniczone|konto jest zawieszone",
    ru: "аккаунт ограничен|аккаунт приостановлен|учетная запись приостановлена",
    zh: "账户已被限制|帐户已被限制|账号已被限制|账户已冻结|帐户已冻结",
    ko: "계정이 제한|계정이 정지|계정이 보류",
    ar: "الحساب موقوف|حسابك موقوف|الحساب مقيد|حسابك مقيد|الحساب معلق|حسابك معلق"
  });
  var forbids = matcher({
    en: "not allowed|not permitted|account no passkeys|allow no passkeys|allows no passkeys|doesn t allow|does not allow|do not allow|don t allow|not available for|disabled by your|blocked by your|does not take|administrator|organisation s policy|organization s policy|policy",
    es: "no permite|no permiten|no admite|no esta permitid*|no estan permitid*|no disponible para|administrador",
    de: "nicht erlaubt|nicht zugelassen|nicht gestattet|konto keine passkeys|nicht verfugbar fur|administrator",
    fr: "pas autorise*|n autorise*|non autorise*|interdit*|pas disponible*|administrateur",
    pt: "nao permite|nao permitem|nao permitid*|nao disponivel|administrador",
    it: "non consentit*|non consente|non consentono|non disponibil*|amministratore",
    ja: "使用できません|利用できません|許可されていません|管理者",
    nl: "niet toegestaan|beheerder",
    pl: "niedozwolon*|nie zezwala|administrator",
    ru: "не разреш*|запрещ*|администратор",
    zh: "不允许|不可用|管理员",
    ko: "허용되지 않|사용할 수 없|관리자",
    ar: "لا تسمح|لا يسمح|غير مسموح|لا يقبل|مسؤول النظام"
  });
  var cookies = matcher({
    en: "cookie*|gdpr",
    es: "cookie*",
    fr: "traceurs",
    ja: "クッキー|cookie",
    ru: "куки|cookie",
    zh: "cookie",
    ko: "쿠키",
    ar: "ملفات تعريف الارتباط|الكوكيز|كوكيز",
    pl: "ciasteczk*"
  });
  var leastConsent = matcher({
    en: "only necessary|necessary only|necessary cookies|only essential|essential only|essential cookies|strictly necessary|only required|required only|reject*|decline*|refuse*|deny|deny all|without accepting|do not accept|don t accept|do not consent|disagree",
    es: "solo necesarias|solo las necesarias|solo las esenciales|solo esenciales|cookies necesarias|rechaz*|denegar|sin aceptar|no acepto",
    de: "nur notwendige*|nur erforderliche*|nur essenzielle*|nur essentielle*|nur technisch*|notwendige cookies|ablehnen|ohne zustimmung|ohne einwilligung|ohne zu akzeptieren|nicht zustimmen",
    fr: "refuser|sans accepter|uniquement necessaires|cookies necessaires|strictement necessaires|je refuse",
    pt: "apenas necessarios|apenas os necessarios|so os necessarios|somente necessarios|rejeitar|recusar|sem aceitar",
    it: "solo necessari|solo i necessari|solo i cookie necessari|solo quelli necessari|rifiuta*|senza accettare",
    ja: "必要なもののみ|必要最小限|必須のみ|必要なcookieのみ|必要な cookie のみ|必要なクッキーのみ|拒否|同意しない",
    nl: "alleen noodzakelijke|alleen functionele|weiger*|afwijzen",
    pl: "tylko niezbedne|tylko konieczne|odrzuc*",
    ru: "только необходимые|отклонить|отказаться",
    zh: "仅必要|仅接受必要|拒绝|拒絕",
    ko: "필수만|필수 쿠키만|거부",
    ar: "الضروريه فقط|الضرورية فقط|الاساسية فقط|رفض"
  });
  var all = matcher({
    en: "all",
    es: "todo|todas|todos",
    de: "alle|alles|allen",
    fr: "tout|toutes|tous",
    pt: "tudo|todos|todas",
    it: "tutto|tutti",
    ja: "すべて|全て",
    nl: "alle|alles",
    pl: "wszystkie|wszystko",
    ru: "все",
    zh: "全部|所有",
    ko: "모두|전체",
    ar: "الكل|الجميع"
  });

  // src/words.ts
  var signIn = matcher({
    en: "sign in|signin|log in|login|log on|logon|sign on|sign me in|log me in",
    es: "iniciar sesion|inicia sesion|inicie sesion|inicio de sesion|acceder|accede|entrar|entra|ingresar|ingresa|identificate|identificarse|acceso|iniciar",
    de: "anmelden|anmeldung|einloggen|melde dich an|melden sie sich an",
    fr: "se connecter|connectez vous|connexion|me connecter|s identifier|identifiez vous|identification|connecte toi",
    pt: "entrar|iniciar sessao|inicie sessao|inicie a sessao|acessar|fazer login|faca login|aceder|acesse",
    it: "accedi|accesso|entra|autenticati|effettua il login|collegati",
    ja: "ログイン|サインイン",
    nl: "inloggen|aanmelden|meld je aan",
    pl: "zaloguj*|logowanie",
    ru: "войти|вход|авторизация|авторизоваться",
    sv: "logga in|log ind|logg inn|kirjaudu*",
    tr: "giris yap|oturum ac|giris",
    cs: "prihlasit*|prihlaseni|prihlasenie|bejelentkezes*|prijava|conecta*|autentificare",
    el: "συνδεση|εισοδος",
    zh: "登录|登入|登陆",
    ko: "로그인",
    ar: "تسجيل الدخول|دخول|ورود",
    vi: "dang nhap|masuk|เข้าสู่ระบบ"
  });
  var signUp = matcher({
    en: "sign up|signup|register|registration|registering|create account|create an account|create your account|create my account|create a free account|create new account|join|join now|join us|get started|new account|open an account|new customer*|start free|create profile|become a member",
    es: "registrarse|registrate|registrar|registrarme|registro|registrese|crear cuenta|crea tu cuenta|crea una cuenta|crear una cuenta|crear tu cuenta|darse de alta|alta|unete",
    de: "registrieren|registrierung|konto erstellen|konto anlegen|neues konto|benutzerkonto anlegen|jetzt registrieren|kostenlos registrieren",
    fr: "s inscrire|inscription|inscrivez vous|creer un compte|creer mon compte|creer votre compte|creez*|je m inscris|nouveau compte|devenir membre",
    pt: "cadastr*|registar|registe se|registre se|criar conta|criar uma conta|crie sua conta|inscreva se|inscrever",
    it: "registrati|registrazione|registra|iscriviti|crea account|crea un account|crea il tuo account|iscrizione|crea profilo",
    ja: "新規登録|会員登録|アカウント作成|アカウントを作成|登録する|新規会員",
    nl: "registreren|registreer|account aanmaken|maak een account",
    pl: "zarejestruj*|rejestracja|zaloz konto|utworz konto",
    ru: "регистрация|зарегистрироваться|создать аккаунт|создать учетную запись",
    sv: "skapa konto|skapa ett konto|registrera|opret konto|opret bruger|rekisteroidy|luo tili",
    tr: "kayit ol|uye ol|hesap olustur|uyelik",
    cs: "registrovat*|registrace|vytvorit ucet|zalozit ucet|regisztracio|inregistrare|creeaza cont|creare cont",
    el: "εγγραφη|δημιουργια λογαριασμου",
    zh: "注册|註冊|创建帐户|创建账号",
    ko: "회원가입|가입|계정 만들기",
    ar: "انشاء حساب|تسجيل حساب|ثبت نام",
    vi: "dang ky|daftar|สมัครสมาชิก"
  });
  var signOut = matcher({
    en: "sign out|signout|log out|logout|log off|logoff|sign off",
    es: "cerrar sesion|cerrar la sesion|desconectar|desconectarse|finalizar sesion",
    de: "abmelden|ausloggen",
    fr: "se deconnecter|deconnexion|deconnectez vous|me deconnecter",
    pt: "sair|terminar sessao|encerrar sessao|fazer logout|sair da conta",
    it: "esci|disconnetti|disconnettiti|scollegati",
    ja: "ログアウト|サインアウト",
    nl: "uitloggen|afmelden",
    pl: "wyloguj*",
    ru: "выйти",
    sv: "logga ut|log ud|logg ut",
    tr: "cikis yap|oturumu kapat",
    zh: "退出登录|登出|注销",
    ko: "로그아웃",
    ar: "تسجيل الخروج|خروج"
  });
  var next = matcher({
    en: "next|continue|proceed",
    es: "siguiente|continuar|continua|seguir",
    de: "weiter|fortfahren",
    fr: "suivant|continuer|poursuivre",
    pt: "proximo|proxima|continuar|avancar|seguinte",
    it: "avanti|continua|prosegui|successivo",
    ja: "次へ|続行|続ける|進む",
    nl: "volgende|doorgaan|verder",
    pl: "dalej|kontynuuj",
    ru: "далее|продолжить",
    sv: "nasta|fortsatt|næste",
    tr: "devam*|ileri",
    zh: "下一步|继续|繼續",
    ko: "다음|계속",
    ar: "التالي|متابعة|استمرار"
  });
  var agree = matcher({
    en: "verify|confirm|submit|ok|okay|yes|authenticate|unlock|done|accept|accept all|agree|i agree|allow|allow all|got it|approve|understood|send",
    es: "verificar|confirmar|enviar|aceptar|acepto|si|autenticar|permitir|listo|entendido|de acuerdo",
    de: "bestatigen|verifizieren|prufen|uberprufen|absenden|senden|akzeptieren|zustimmen|ja|fertig|einverstanden|verstanden|zulassen",
    fr: "verifier|confirmer|envoyer|valider|accepter|j accepte|oui|autoriser|terminer|compris",
    pt: "verificar|confirmar|enviar|aceitar|aceito|sim|autenticar|permitir|concluir|entendi|concordo",
    it: "verifica|conferma|invia|accetta|accetto|si|autentica|consenti|fatto|ho capito",
    ja: "確認|送信|認証|承認|同意|はい|完了|許可|了解|検証",
    nl: "bevestigen|verifieren|verzenden|accepteren|akkoord|ja",
    pl: "potwierdz|zweryfikuj|wyslij|akceptuje|zgadzam sie|tak",
    ru: "подтвердить|отправить|принять|да|готово",
    zh: "确认|验证|提交|同意|接受",
    ko: "확인|인증|동의|허용",
    ar: "تاكيد|تحقق|ارسال|موافق|نعم|قبول|تم"
  });
  var skip = matcher({
    en: "skip|skip for now|not now|later|maybe later|no thanks|no thank you|remind me later|cancel|dismiss|close|decline|reject|reject all|only necessary|necessary only|essential only|don t ask again|no|ask me later|not right now|go back",
    es: "omitir|saltar|ahora no|mas tarde|no gracias|cancelar|cerrar|rechazar|rechazar todo|rechazar todas|solo necesarias|no|recordarmelo mas tarde",
    de: "uberspringen|jetzt nicht|spater|nein danke|abbrechen|schliessen|schließen|ablehnen|alle ablehnen|nur notwendige|nein|nicht jetzt",
    fr: "ignorer|passer|pas maintenant|plus tard|non merci|annuler|fermer|refuser|tout refuser|continuer sans accepter|non",
    pt: "pular|ignorar|agora nao|mais tarde|nao obrigado|nao obrigada|cancelar|fechar|recusar|rejeitar|nao",
    it: "salta|non ora|piu tardi|no grazie|annulla|chiudi|rifiuta|rifiuta tutto|no",
    ja: "スキップ|後で|今はしない|今はしません|キャンセル|閉じる|拒否|いいえ|あとで",
    nl: "overslaan|niet nu|later|nee bedankt|annuleren|sluiten|weigeren|nee",
    pl: "pomin|nie teraz|pozniej|anuluj|zamknij|odrzuc|nie",
    ru: "пропустить|не сейчас|позже|отмена|закрыть|отклонить|нет",
    zh: "跳过|以后再说|取消|关闭|拒绝|稍后",
    ko: "건너뛰기|나중에|취소|닫기|거부",
    ar: "تخطي|ليس الان|لاحقا|الغاء|اغلاق|رفض|لا|لا شكرا"
  });
  var harmful = matcher({
    en: "delete|remove|deactivate|disable|revoke|turn off|close account|close my account|erase|unlink|disconnect|reset|pay|pay now|buy|order|purchase|checkout|check out|subscribe|upgrade|donate|unenroll|opt out|forget",
    es: "eliminar|borrar|quitar|desactivar|deshabilitar|inhabilitar|revocar|cerrar cuenta|pagar|comprar|suscribirse|donar|restablecer",
    de: "loschen|entfernen|deaktivieren|abschalten|ausschalten|widerrufen|bezahlen|kaufen|bestellen|abonnieren|zurucksetzen|spenden",
    fr: "supprimer|effacer|retirer|desactiver|revoquer|payer|acheter|commander|s abonner|reinitialiser|enlever",
    pt: "excluir|apagar|eliminar|remover|desativar|desactivar|revogar|pagar|comprar|assinar|redefinir",
    it: "elimina|eliminare|rimuovi|rimuovere|disattiva|disattivare|disabilita|revoca|paga|acquista|compra|abbonati|reimposta",
    ja: "削除|無効|解除|取り消|解約|退会|購入|支払|注文|リセット",
    nl: "verwijder*|uitschakelen|deactiveren|intrekken|betalen|kopen|bestellen",
    pl: "usun|wylacz|dezaktywuj|cofnij|zaplac|kup",
    ru: "удалить|отключить|деактивировать|отозвать|оплатить|купить",
    zh: "删除|刪除|移除|停用|禁用|撤销|付款|购买|订购",
    ko: "삭제|제거|비활성화|해지|결제|구매",
    ar: "حذف|ازالة|تعطيل|ايقاف|الغاء الاشتراك|شراء|دفع"
  });
  var passkey = matcher({
    en: "passkey*|pass key*|security key*|hardware key*|webauthn|fido|fido2|touch id|face id|windows hello",
    es: "llave* de acceso|clave* de acceso|llave* de seguridad|clave* de seguridad|llave* de paso|llave* maestra*|clave* maestra*",
    de: "sicherheitsschlussel*|hauptschlussel*|zugangsschlussel*|hardware schlussel*|generalschlussel*",
    fr: "cle d acces|cles d acces|cle* de securite|cle d identification|cles d identification|cle d authentification|passe partout",
    pt: "chave* de acesso|chave* de seguranca|chave* mestra*",
    it: "chiave di accesso|chiavi di accesso|chiave di sicurezza|chiavi di sicurezza|chiave d accesso|chiavi d accesso",
    ja: "パスキー|セキュリティキー|セキュリティ キー|セキュリティー キー",
    nl: "toegangssleutel*|beveiligingssleutel*|inlogsleutel*",
    pl: "klucz* dostepu|klucz* bezpieczenstwa|klucz* zabezpieczen",
    ru: "ключ* доступа|ключ* безопасности|ключ* входа",
    zh: "通行密钥|通行密鑰|通行金鑰|安全密钥|安全金鑰|密碼金鑰",
    ko: "패스키|보안 키|보안키",
    ar: "مفتاح مرور|مفتاح المرور|مفاتيح المرور|مفاتيح مرور|مفتاح الامان|مفاتيح الامان"
  });
  var add = matcher({
    en: "add|create|register|set up|setup|enroll|enrol|new|enable|activate|turn on|configure",
    es: "anadir|anade|anada|agregar|agrega|crear|crea|registrar|configurar|nueva|nuevo|activar",
    de: "hinzufugen|erstellen|registrieren|einrichten|anlegen|neue|neuer|neuen|aktivieren|hinterlegen",
    fr: "ajouter|ajoutez|creer|creez|enregistrer|configurer|nouvelle|nouveau|activer",
    pt: "adicionar|adicione|criar|crie|registar|registrar|cadastrar|configurar|nova|novo|ativar",
    it: "aggiungi|aggiungere|crea|creare|registra|registrare|configura|nuova|nuovo|attiva",
    ja: "追加|作成|登録|設定|新しい|有効",
    nl: "toevoegen|aanmaken|instellen|registreren|nieuwe|activeren",
    pl: "dodaj|utworz|zarejestruj|skonfiguruj|nowy|wlacz",
    ru: "добавить|создать|зарегистрировать|настроить|новый",
    zh: "添加|新增|创建|建立|注册|设置|设定",
    ko: "추가|만들기|등록|설정",
    ar: "اضافة|اضف|انشاء|تفعيل|اعداد|جديد"
  });
  var use = matcher({
    en: "use|using|with|via|try",
    es: "usar|usa|use|con|utilizar|mediante",
    de: "mit|verwenden|nutzen|benutzen|per",
    fr: "avec|utiliser|utilisez|via|par",
    pt: "usar|use|com|utilizar|por",
    it: "usa|usare|con|utilizza|tramite",
    ja: "使用|使う|利用|でログイン|でサインイン|で続行|で続ける",
    nl: "gebruik|gebruiken|met|via",
    pl: "uzyj|za pomoca|z|przez",
    ru: "использовать|с помощью|через",
    zh: "使用|用",
    ko: "사용|로그인|으로",
    ar: "استخدام|استخدم|باستخدام|عبر"
  });
  var userName = matcher({
    en: "username|user name|userid|user id|user|login name|login id|login|account name|account id|account number|member id|customer id|customer number|nickname|identifier|screen name|loginid|uname|usr",
    es: "usuario|nombre de usuario|identificador|cuenta",
    de: "benutzername|benutzer|benutzerkennung|anmeldename|kundennummer|nutzername|kennung|mitgliedsnummer|zugangsnummer",
    fr: "identifiant|nom d utilisateur|utilisateur|pseudo|numero client",
    pt: "usuario|nome de usuario|utilizador|nome de utilizador|cpf|conta",
    it: "utente|nome utente|codice utente|codice cliente",
    ja: "ユーザー名|ユーザー id|ユーザid|ログインid|ログイン id|会員番号|ユーザ名|アカウント",
    nl: "gebruikersnaam|gebruiker|klantnummer",
    pl: "nazwa uzytkownika|uzytkownik|login",
    ru: "логин|имя пользователя|пользователь",
    sv: "anvandarnamn|brugernavn|brukernavn|kayttajatunnus|kayttajanimi",
    tr: "kullanici adi|kullanici",
    cs: "uzivatelske jmeno|uzivatel|felhasznalonev|utilizator|korisnicko ime",
    zh: "用户名|账号|帐号|帳號|使用者",
    ko: "아이디|사용자",
    ar: "اسم المستخدم|نام کاربری",
    vi: "ten dang nhap|tai khoan|nama pengguna|ชื่อผู้ใช้"
  });
  var email = matcher({
    en: "email|e mail|mail|email address|emailaddress",
    es: "correo|correo electronico",
    de: "e mail adresse|mailadresse",
    fr: "courriel|adresse mail|adresse e mail",
    pt: "endereco de e mail|correio eletronico",
    it: "indirizzo e mail|posta elettronica",
    ja: "メール|メールアドレス",
    ru: "почта|электронная почта|e-mail",
    zh: "邮箱|电子邮件|電子郵件|信箱",
    ko: "이메일|메일",
    el: "ηλεκτρονικο ταχυδρομειο|البريد|eposta|e posta|sahkoposti",
    ar: "البريد الالكتروني|بريدك الالكتروني|بريد الكتروني"
  });
  var telephone = matcher({
    en: "phone|telephone|mobile|cell|phone number|msisdn|tel",
    es: "telefono|movil|celular",
    de: "telefon|handy|mobil*|rufnummer|telefonnummer",
    fr: "portable|numero de telephone",
    pt: "telefone|celular|telemovel",
    it: "telefono|cellulare|numero di telefono",
    ja: "電話|携帯",
    ru: "телефон|номер телефона",
    zh: "手机|手機|电话",
    ko: "휴대폰|전화",
    ar: "هاتف|الهاتف|رقم الهاتف|الجوال"
  });
  var password = matcher({
    en: "password|passwd|pass word|passphrase|pwd|pass|passcode",
    es: "contrasena|clave|contrasenya",
    de: "passwort|kennwort|pin",
    fr: "mot de passe|mdp",
    pt: "senha|palavra passe",
    it: "parola d ordine",
    ja: "パスワード|暗証番号",
    nl: "wachtwoord",
    pl: "haslo",
    ru: "пароль",
    sv: "losenord|adgangskode|passord|salasana|kodeord",
    tr: "sifre|parola",
    cs: "heslo|jelszo|parola|lozinka|zaporka",
    el: "κωδικος",
    zh: "密码|密碼",
    ko: "비밀번호|암호",
    ar: "كلمه المرور|كلمة المرور|كلمة مرور|رمز عبور",
    vi: "mat khau|kata sandi|รหัสผ่าน"
  });
  var old = matcher({
    en: "old|current|existing|present|oldpassword|currentpassword",
    es: "actual|antigua|anterior",
    de: "aktuelles|altes|bisheriges|derzeitiges|aktuell|alt",
    fr: "actuel|ancien",
    pt: "atual|antiga|actual",
    it: "attuale|corrente|vecchia|precedente",
    ja: "現在|古い|以前",
    nl: "huidig*|oud",
    pl: "obecne|aktualne|stare",
    ru: "текущий|старый",
    zh: "当前|旧|目前|现有",
    ko: "현재|기존",
    ar: "الحالية|الحالي|القديمة"
  });
  var fresh = matcher({
    en: "new|choose|create|newpassword|set|desired",
    es: "nueva|crear|crea|elige",
    de: "neues|neu|wahlen",
    fr: "nouveau|creer|choisir|choisissez",
    pt: "nova|criar|crie",
    it: "nuova|crea|scegli",
    ja: "新しい|新規",
    nl: "nieuw*",
    pl: "nowe",
    ru: "новый",
    zh: "新密码|新密碼|设置密码",
    ko: "새",
    ar: "جديدة|الجديدة"
  });
  var again = matcher({
    en: "repeat|confirm|confirmation|again|retype|re type|re enter|reenter|verify|verification|password 2|password2|password confirmation|pwd 2|second",
    es: "repetir|repite|repita|confirmar|confirma|confirme|de nuevo|otra vez",
    de: "wiederholen|wiederholung|bestatigen|bestatigung|erneut|nochmals|nochmal",
    fr: "confirmer|confirmez|confirmation|repeter|repetez|a nouveau|resaisir",
    pt: "repetir|repita|confirmar|confirme|confirmacao|novamente",
    it: "ripeti|ripetere|conferma|di nuovo|nuovamente",
    ja: "確認用|再入力|もう一度|確認",
    nl: "herhaal|bevestig*|opnieuw",
    pl: "powtorz|potwierdz",
    ru: "повторите|подтвердите|еще раз",
    zh: "确认密码|確認密碼|再次|重复",
    ko: "확인|재입력",
    ar: "اعادة|تكرار|مرة اخرى"
  });

  // src/reading.ts
  var MAX_FIELDS = 40;
  var MAX_ACTIONS = 60;
  var MAX_LABEL = 80;

  // src/controls.ts
  var WAY = /^(?:https?:|\/|\.|\?|[\w%-]+(?:[/.?]|$))/i;
  function words80(text) {
    const line = text.replace(/\s+/g, " ").trim();
    return Array.from(line.slice(0, 2 * MAX_LABEL)).slice(0, MAX_LABEL).join("");
  }
  function ownLabel(element) {
    const aria = attribute(element, "aria-label");
    if (/\S/.test(aria)) return aria;
    const tag = localName(element);
    if (tag === "input") {
      const input = element;
      return input.value || attribute(element, "alt") || attribute(element, "title") || (input.type === "submit" ? "Submit" : "");
    }
    const text = textOf(element, 400);
    if (/\S/.test(text)) return text;
    for (const inner of Array.from(select(element, "img[alt],[aria-label],svg title")).slice(0, 3)) {
      const name = attribute(inner, "alt") || attribute(inner, "aria-label") || textOf(inner, 200);
      if (/\S/.test(name)) return name;
    }
    return attribute(element, "title");
  }
  function readControl(element) {
    const tag = localName(element);
    const role = attribute(element, "role");
    const type = tag === "button" || tag === "input" ? element.type : "";
    if (type === "reset") return null;
    const text = textOf(element, 2001);
    if (tag !== "input" && text.length > 2e3) return null;
    const native = tag === "button" || tag === "input";
    if (!native && tag !== "a" && !["button", "link", "menuitem"].includes(role)) {
      if (text.trim().length > 60 || select(element, "input,button,select,a").length > 0 || styleOf(element).cursor !== "pointer") return null;
    }
    if (!visible(element)) return null;
    const label = words80(ownLabel(element));
    const address = tag === "a" ? attribute(element, "href") : "";
    const link = tag === "a" && address !== "" && !address.startsWith("#") && WAY.test(address) && !/^javascript:/i.test(address);
    const normal = normalise(label);
    return {
      element,
      label,
      text: normal,
      name: normaliseName(link ? address.replace(/^https?:\/\/[^/]*/i, "") : `${attribute(element, "name")} ${attribute(element, "id")} ${attribute(element, "value")}`),
      button: native || role === "button" || role === "menuitem" || tag !== "a" && role !== "link",
      link,
      here: link && leadsHere(element),
      sends: native && (type === "submit" || type === "image"),
      form: native ? element.form : formAround(element),
      minor: (type === "button" || !native) && (show(normal) || attribute(element, "aria-pressed") !== "" || attribute(element, "aria-haspopup") !== "" || label === "")
    };
  }
  function leadsHere(anchor) {
    const document2 = ownerDocument(anchor);
    const here = (document2 && defaultView(document2))?.location;
    return here !== void 0 && anchor.pathname === here.pathname && anchor.host === here.host;
  }
  function formAround(element) {
    for (let at2 = element; at2; at2 = composedParent(at2)) if (localName(at2) === "form") return at2;
    return null;
  }
  function federated(control) {
    if (passkey(control.text) || email(control.text) || password(control.text) || telephone(control.text) || oneTimeCode(control.text)) return false;
    const verb = signIn(control.text) || signUp(control.text) || next(control.text);
    if (!verb || !use(control.text)) return false;
    return control.text.trim().split(" ").length >= 3 || /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u.test(control.text);
  }
  var aside = (control) => (forgot(control.text) || otherWay(control.text) || signUp(control.text)) && !signIn(control.text) && !next(control.text);
  var isHarmful = (control) => harmful(control.text) && !signOut(control.text);
  function surroundings(element, nearest) {
    let box = "";
    let at2 = parentNode(element);
    for (let depth = 0; isElement(at2) && depth < 4; depth += 1, at2 = parentNode(at2)) {
      const text = textOf(at2, 301);
      if (text.length > 300) break;
      box = text;
    }
    return `${nearest}${normalise(box)}`;
  }

  // src/departure.ts
  var Departure = class {
    #expected = false;
    #seen = false;
    constructor() {
      listen(window, "submit", (event) => {
        if (event.isTrusted) this.#note();
      }, { capture: true });
      const { navigation } = window;
      if (navigation) listen(navigation, "navigate", (event) => {
        if (!event.destination.sameDocument) this.#note();
      });
    }
    #note() {
      if (this.#expected) this.#seen = true;
    }
    /** A field is about to be filled: from now on the page may go. */
    expect() {
      this.#expected = true;
      this.#seen = false;
    }
    /** What comes now is by a press of ours. */
    ignore() {
      this.#expected = false;
      this.#seen = false;
    }
    /** Whether the page went by itself; told once. */
    happened() {
      const seen = this.#seen;
      this.ignore();
      return seen;
    }
  };

  // src/sending.ts
  var filled = /* @__PURE__ */ new WeakMap();
  var remember2 = (element, secret) => {
    filled.set(element, secret);
  };
  var MOST_PARENTS = 200;
  function formOf(element) {
    try {
      switch (localName(element)) {
        case "input":
          return inputForm(element);
        case "textarea":
          return areaForm(element);
        case "button":
          return buttonForm(element);
        default:
          return null;
      }
    } catch {
      return null;
    }
  }
  var submits = (element) => ["button", "input"].includes(localName(element)) && ["submit", "image"].includes(element.type) && formOf(element) !== null;
  var isField = (element) => ["input", "textarea"].includes(localName(element)) && !submits(element);
  function way(form, submitter) {
    const own = submitter && rawAttribute(submitter, "formaction");
    const stated = own ?? rawAttribute(form, "action") ?? "";
    const resolved = () => {
      if (submitter && typeof own === "string") return localName(submitter) === "button" ? buttonAction(submitter) : inputAction(submitter);
      return formAction(form);
    };
    const method2 = (submitter && rawAttribute(submitter, "formmethod")) ?? rawAttribute(form, "method") ?? "";
    return { action: /^[\t\n\f\r ]*$/.test(stated) ? null : resolved(), get: method2.toLowerCase() === "get" };
  }
  var members = (form, selector) => selectIn(rootNode(form), selector).filter((element) => formOf(element) === form);
  function submitterAt(element) {
    if (isField(element)) return null;
    let at2 = element;
    for (let depth = 0; at2 && depth < MOST_PARENTS; depth += 1, at2 = composedParent(at2)) {
      const control = localName(at2) === "label" ? labelled(at2) : at2;
      if (control && submits(control)) return control;
    }
    return null;
  }
  function ways(element) {
    const submitter = submitterAt(element);
    if (submitter) return JSON.stringify([way(formOf(submitter), submitter)]);
    const form = isField(element) ? formOf(element) : null;
    if (!form) return "[]";
    const all2 = members(form, "button,input").filter(submits).map((control) => JSON.stringify(way(form, control)));
    return `[${[.../* @__PURE__ */ new Set([...all2, JSON.stringify(way(form, null))])].join(",")}]`;
  }
  function holds(element) {
    const submitter = submitterAt(element);
    const form = submitter && formOf(submitter);
    if (!form) return "nothing";
    let most = "nothing";
    for (const field of members(form, "input,textarea")) {
      const input = field;
      if (filled.get(field) === true || localName(field) === "input" && input.type === "password" && input.value !== "") return "secret";
      if (filled.has(field)) most = "name";
    }
    return most;
  }

  // src/act.ts
  var TEXT_TYPES = /* @__PURE__ */ new Set(["text", "email", "tel", "number", "url", "password", "search"]);
  var isDisabled = (element) => matches(element, ":disabled") || attribute(element, "aria-disabled") === "true";
  var editable = (element) => localName(element) === "textarea" || localName(element) === "input" && TEXT_TYPES.has(element.type);
  function focusOn(element) {
    let seen = false;
    const note = () => {
      seen = true;
    };
    listen(element, "focus", note, { once: true, capture: true });
    focus(element, { preventScroll: true });
    unlisten(element, "focus", note, { capture: true });
    if (!seen) {
      dispatch(element, new FocusEvent("focus", { composed: true }));
      dispatch(element, new FocusEvent("focusin", { bubbles: true, composed: true }));
    }
  }
  function blurFrom(element) {
    const root = rootNode(element);
    const document2 = ownerDocument(element);
    const active = nodeType(root) === Node.DOCUMENT_FRAGMENT_NODE ? root.activeElement : document2 && activeElement(document2);
    let seen = false;
    const note = () => {
      seen = true;
    };
    listen(element, "blur", note, { once: true, capture: true });
    if (active === element) blur(element);
    unlisten(element, "blur", note, { capture: true });
    if (!seen) {
      dispatch(element, new FocusEvent("blur", { composed: true }));
      dispatch(element, new FocusEvent("focusout", { bubbles: true, composed: true }));
    }
  }
  var departure = new Departure();
  function put(element, value) {
    if (localName(element) === "textarea") setAreaValue(element, value);
    else setInputValue(element, value);
  }
  function enter(element, value, { where, secret }) {
    const key = value.length === 1 ? value : "Unidentified";
    const typed = { bubbles: true, composed: true, data: value, inputType: "insertText" };
    dispatch(element, new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
    dispatch(element, new InputEvent("beforeinput", { ...typed, cancelable: true }));
    if (ways(element) !== where) return false;
    remember2(element, secret);
    put(element, value);
    dispatch(element, new InputEvent("input", typed));
    dispatch(element, new KeyboardEvent("keyup", { key, bubbles: true, composed: true }));
    return true;
  }
  function fill(element, entry, cells2) {
    const { value } = entry;
    if (!element || !isConnected(element)) return "gone";
    if (!editable(element)) return "not-a-field";
    if (isDisabled(element)) return "disabled";
    scrollTo(element, { block: "center", inline: "nearest", behavior: "instant" });
    if (!usable(element)) return "hidden";
    focusOn(element);
    if (element.readOnly) {
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) dispatch(element, new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
      if (element.readOnly) return "readonly";
    }
    if (!isConnected(element)) return "gone";
    departure.expect();
    if (cells2.length > 1 && value.length > 1) return fillCells(cells2, Array.from(value), entry);
    if (!enter(element, value, entry)) return "moved";
    if (value !== "" && isConnected(element) && element.value === "") {
      focusOn(element);
      if (ways(element) !== entry.where) return "moved";
      const document2 = ownerDocument(element);
      if (document2) execCommand(document2, "insertText", false, value);
      if (isConnected(element) && element.value === "") return "readonly";
    }
    if (isConnected(element)) dispatch(element, new Event("change", { bubbles: true }));
    if (isConnected(element)) blurFrom(element);
    return "ok";
  }
  function fillCells(cells2, digits, entry) {
    for (let i = 0; i < digits.length && i < cells2.length; i += 1) {
      const cell = cells2[i];
      const digit = digits[i];
      if (!cell || digit === void 0 || !isConnected(cell) || !editable(cell)) return i > 0 ? "ok" : "gone";
      if (i > 0) focusOn(cell);
      if (!enter(cell, digit, entry)) return "moved";
      if (isConnected(cell)) dispatch(cell, new Event("change", { bubbles: true }));
    }
    return "ok";
  }
  function press(element, where) {
    if (!element || !isConnected(element)) return "gone";
    if (isDisabled(element)) return "disabled";
    scrollTo(element, { block: "center", inline: "nearest", behavior: "instant" });
    if (!visible(element)) return "hidden";
    if (!uncovered(element)) return "covered";
    const control = readControl(element);
    if (control && isHarmful(control)) return "harmful";
    if (ways(element) !== where) return "moved";
    if (holds(element) !== "nothing" && departure.happened()) return "ok";
    departure.ignore();
    for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"]) {
      const init = { bubbles: true, composed: true, cancelable: true, button: 0, buttons: type.endsWith("down") ? 1 : 0 };
      dispatch(element, type.startsWith("pointer") ? new PointerEvent(type, { ...init, pointerType: "mouse", isPrimary: true }) : new MouseEvent(type, init));
      if (type === "mousedown" && isConnected(element)) focus(element, { preventScroll: true });
      if (!isConnected(element)) return "ok";
      if (ways(element) !== where) return "moved";
    }
    click(element);
    return "ok";
  }
  var ticked = (element) => localName(element) === "input" ? element.checked : attribute(element, "aria-checked") === "true";
  function tick(element, on) {
    if (!element || !isConnected(element)) return "gone";
    const box = localName(element) === "input" && ["checkbox", "radio"].includes(element.type);
    if (!box && !["checkbox", "switch"].includes(attribute(element, "role"))) return "not-a-field";
    if (isDisabled(element)) return "disabled";
    const labels = box ? Array.from(element.labels ?? []) : [];
    if (!usable(element) && !labels.some((label) => visible(label))) return "hidden";
    if (ticked(element) === on) return "ok";
    scrollTo(usable(element) ? element : labels[0] ?? element, { block: "center", inline: "nearest", behavior: "instant" });
    click(element);
    return box && ticked(element) !== on ? "disabled" : "ok";
  }

  // src/quiet.ts
  var WATCHED = {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["class", "style", "hidden", "disabled", "readonly", "type", "open", "href", "src", "aria-hidden", "aria-invalid", "aria-disabled", "aria-busy"]
  };
  function quiet(document2, roots2, ms) {
    return new Promise((resolve) => {
      let timer;
      const wait = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (readyState(document2) !== "complete") return wait();
          observer.disconnect();
          resolve();
        }, ms);
      };
      const observer = new MutationObserver(wait);
      for (const root of roots2) observer.observe(root, WATCHED);
      wait();
    });
  }

  // src/inputs.ts
  var TEXT_TYPES2 = /* @__PURE__ */ new Set(["text", "email", "tel", "number", "url", ""]);
  var short = (element) => element ? textOf(element, 200) : "";
  function labelOf(element) {
    const parts = [attribute(element, "aria-label")];
    const root = rootNode(element);
    for (const id of attribute(element, "aria-labelledby").split(/\s+/).filter(Boolean).slice(0, 4)) {
      if ("getElementById" in root) parts.push(short(elementOf(root, id)));
    }
    const labels = element.labels;
    if (labels) for (const label of Array.from(labels).slice(0, 3)) parts.push(short(label));
    parts.push(attribute(element, "placeholder"), attribute(element, "title"));
    if (parts.every((part) => !/\S/.test(part))) parts.push(before(element));
    return normalise(parts.join(" ").slice(0, 400));
  }
  var elementOf = (root, id) => root instanceof Document ? elementById(root, id) : root.getElementById(id);
  function before(element) {
    let at2 = element;
    for (let depth = 0; at2 && depth < 3; depth += 1) {
      const previous = previousElement(at2);
      if (previous && !["input", "script", "style", "form", "ul"].includes(localName(previous))) {
        const text = short(previous).trim();
        if (text && text.length < 60) return text;
      }
      const parent = parentNode(at2);
      if (isElement(parent) && localName(parent) === "form") return "";
      at2 = composedParent(at2);
    }
    return "";
  }
  var standIn = (element) => {
    const labels = element.labels;
    return labels !== null && labels !== void 0 && Array.from(labels).some((label) => visible(label));
  };
  function readInput(element) {
    const tag = localName(element);
    const input = element;
    const type = tag === "input" ? input.type : tag;
    const autocomplete = attribute(element, "autocomplete").toLowerCase().split(/\s+/).filter(Boolean);
    const shape = tag === "select" ? "choice" : tag === "textarea" ? "area" : tag !== "input" || type === "checkbox" ? "box" : type === "radio" ? "choice" : type === "password" ? "password" : TEXT_TYPES2.has(type) ? "text" : null;
    if (!shape) return null;
    const known = autocomplete.some((token) => ["username", "current-password", "new-password", "one-time-code", "webauthn"].includes(token));
    const box = shape === "box" || type === "radio";
    const seen = visible(element) || box && (usable(element) || standIn(element)) || known && usable(element);
    if (!seen || !box && concealed(element)) return null;
    const formless = tag !== "input" && tag !== "select" && tag !== "textarea";
    return {
      element,
      shape,
      type,
      autocomplete,
      label: labelOf(element),
      name: normaliseName(`${attribute(element, "name")} ${attribute(element, "id")} ${attribute(element, "data-testid")}`),
      maxLength: input.maxLength > 0 ? input.maxLength : Number(attribute(element, "maxlength")) || 0,
      numeric: ["number", "tel"].includes(type) || attribute(element, "inputmode") === "numeric" || /\\d|0-9/.test(attribute(element, "pattern")),
      filled: !box && typeof input.value === "string" && input.value !== "",
      ticked: box && (input.checked === true || attribute(element, "aria-checked") === "true"),
      fixed: matches(element, ":disabled") || attribute(element, "aria-disabled") === "true",
      form: formless ? null : input.form
    };
  }
  var hasToken = (input, ...tokens) => input.autocomplete.some((token) => tokens.includes(token));
  var wordsOf = (input) => `${input.label}${input.name}`;
  var isSearch = (input) => input.type === "search" || attribute(input.element, "role") === "searchbox" || search(wordsOf(input)) || searchBox(input.element);
  function searchBox(element) {
    let at2 = element;
    for (let depth = 0; at2 && depth < 6; depth += 1, at2 = composedParent(at2)) {
      if (attribute(at2, "role") === "search" || localName(at2) === "search") return true;
    }
    return false;
  }
  function codeScore(input) {
    if (input.shape !== "text" && input.shape !== "password") return 0;
    if (hasToken(input, "one-time-code")) return 100;
    const all2 = wordsOf(input);
    if (hasToken(input, "username", "email", "current-password", "new-password", "postal-code", "tel") || otherCode(all2)) return 0;
    if (input.type === "email" || input.type === "url") return 0;
    const small = input.maxLength >= 4 && input.maxLength <= 8;
    const sure = oneTimeCode(all2);
    if (recoveryCode(all2) && !sure) return 0;
    if (input.shape === "password") return sure && (small || input.numeric) ? 70 : 0;
    if (sure && !userName(input.label)) return 85;
    if (code(all2)) return 55 + (small ? 15 : 0) + (input.numeric ? 10 : 0);
    return small && input.numeric ? 40 : 0;
  }
  function userScore(input) {
    if (input.shape !== "text") return -100;
    if (isSearch(input) || codeScore(input) >= 60) return -100;
    let score = 0;
    if (hasToken(input, "username", "webauthn")) score += 60;
    if (hasToken(input, "email")) score += 35;
    if (input.type === "email") score += 35;
    const all2 = wordsOf(input);
    if (email(all2)) score += 30;
    if (userName(all2)) score += 30;
    if (telephone(all2) || input.type === "tel") score += 12;
    if (signIn(all2)) score += 10;
    if (personal(all2)) score -= 40;
    if (otherCode(all2)) score -= 40;
    if (hasToken(input, "given-name", "family-name", "name", "organization", "postal-code", "street-address", "cc-number", "bday")) score -= 60;
    if (again(input.label)) score -= 25;
    return Math.max(-100, Math.min(100, score));
  }

  // src/purpose.ts
  var isPassword = (input) => input.shape === "password" && codeScore(input) < 60 && !hasToken(input, "cc-csc", "cc-number") && !(otherCode(wordsOf(input)) && !password(wordsOf(input)) && !hasToken(input, "current-password", "new-password"));
  var isText = (input) => input.shape === "text" && !isSearch(input);
  var senders = (group2) => group2.controls.filter((control) => !control.minor && (control.button || control.sends) && !federated(control));
  function headingBefore(element, page) {
    const own = page.order.get(element) ?? 0;
    let nearest = " ";
    for (const { at: at2, text } of page.headings) {
      if (at2 > own) break;
      nearest = text;
    }
    return nearest;
  }
  function contextOf(group2, page) {
    const first = group2.inputs[0];
    const nearest = first ? headingBefore(first.element, page) : " ";
    const root = group2.root;
    const named = normaliseName(["id", "name", "class", "action", "aria-label", "data-testid"].map((a) => attribute(root, a).slice(0, 60)).join(" "));
    return `${nearest}${named}`;
  }
  function passwordRole(input) {
    if (hasToken(input, "current-password")) return "old";
    if (hasToken(input, "new-password")) return "new";
    const all2 = wordsOf(input);
    if (old(all2)) return "old";
    if (again(all2) || fresh(all2)) return "new";
    return "unknown";
  }
  var onlyConfirms = (input) => !hasToken(input, "new-password") && again(wordsOf(input)) && !fresh(wordsOf(input));
  function signUpScore(group2, passwords, texts, context, page) {
    let score = 0;
    const kinds = passwords.map(passwordRole);
    if (kinds.includes("old")) score -= 5;
    if (passwords.some((input) => hasToken(input, "new-password"))) score += 3;
    if (passwords.length >= 2 && !kinds.includes("old")) score += 5;
    const extra = texts.length - 1;
    if (extra >= 1) score += Math.min(2 * extra - 1, 6);
    if (texts.some((input) => personal(wordsOf(input)))) score += 2;
    if (group2.inputs.some((input) => input.shape === "choice")) score += 1;
    for (const input of group2.inputs) {
      if (input.shape !== "box") continue;
      if (remember(wordsOf(input))) score -= 3;
      else if (terms(input.label)) score += 2;
    }
    const sending = senders(group2).filter((control) => control.sends || !control.link);
    if (sending.some((control) => signUp(control.text))) score += 3;
    if (sending.some((control) => signIn(control.text) && !signUp(control.text))) score -= 4;
    if (group2.controls.some((control) => forgot(control.text))) score -= 3;
    if (signUp(context)) score += 2;
    if (signIn(context)) score -= 2;
    const place = `${page.title}${page.path}`;
    if (signUp(place) && !signIn(place)) score += 1;
    if (signIn(place) && !signUp(place)) score -= 1;
    return score;
  }
  function userOf(texts, passwords, order) {
    const limit = passwords[0] ? order.get(passwords[0].element) ?? 0 : Infinity;
    let best = null;
    let bestScore = -60;
    for (const input of texts) {
      const before2 = (order.get(input.element) ?? 0) < limit;
      const score = userScore(input) + (before2 ? 0 : -70) + (texts.length === 1 ? 20 : 0);
      if (score >= bestScore + (best && before2 && passwords.length > 0 ? 0 : best ? 1 : 0)) {
        bestScore = score;
        best = { input, role: "user-name", confidence: Math.max(30, Math.min(98, 60 + score / 2)) };
      }
    }
    return best;
  }
  var showsSecret = (group2) => {
    const shared = /(?:^|[^A-Z2-7])(?:[A-Z2-7]{16,}|(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{4})(?:$|[^A-Z2-7])/;
    const text = textOf(group2.root, 4e3);
    return shared.test(text) || group2.inputs.some((input) => shared.test(input.element.value ?? "")) || /otpauth:/.test(text);
  };
  var pictured = (group2) => Array.from(select(group2.root, "img,canvas")).slice(0, 20).some((picture) => {
    const { width, height } = rectOf(picture);
    return width >= 50 && width <= 400 && height >= 18 && height <= 150 && width > 1.5 * height;
  });
  function judge(group2, page) {
    const context = contextOf(group2, page);
    const done2 = (purpose, roles, confidence2) => ({ group: group2, purpose, roles: [...roles, ...boxes(group2)], confidence: confidence2, context });
    const codes = group2.inputs.filter((input) => !group2.cells.includes(input)).map((input) => ({ input, score: codeScore(input) }));
    const code2 = codes.sort((a, b) => b.score - a.score)[0];
    const passwords = group2.inputs.filter((input) => isPassword(input) && !group2.cells.includes(input));
    const texts = group2.inputs.filter((input) => isText(input) && !group2.cells.includes(input) && !(codeScore(input) >= 60));
    const sending = senders(group2);
    const harm = sending.length > 0 && sending.every((control) => isHarmful(control) || skip(control.text));
    if (passwords.length === 0) {
      const cell = group2.cells[0];
      const role = cell ? { input: cell, role: "one-time-code", confidence: 85 } : code2 && codeIsMeant(code2, texts, group2, context, page) ? { input: code2.input, role: "one-time-code", confidence: Math.max(60, Math.min(98, code2.score)) } : null;
      if (role) return done2(harm ? "harmful" : showsSecret(group2) ? "set-up-code" : "one-time-code", [role], role.confidence);
      return withoutPassword(group2, texts, context, page, done2);
    }
    const kinds = passwords.map(passwordRole);
    const user = userOf(texts, passwords, page.order);
    const score = signUpScore(group2, passwords, texts, context, page);
    const changing = kinds.includes("old") && passwords.length >= 2 || passwords.length >= 3 || passwords.length === 2 && texts.length === 0 || passwords.length === 1 && kinds[0] === "new" && !passwords.every(onlyConfirms) && texts.length === 0 && !signUp(context) && !confirmAccess(context);
    const extra = code2 && code2.score >= 60 && (hasToken(code2.input, "one-time-code") || !pictured(group2)) ? [{ input: code2.input, role: "one-time-code", confidence: 70 }] : [];
    if (changing) {
      const old2 = kinds.indexOf("old") >= 0 ? kinds.indexOf("old") : passwords.length >= 3 ? 0 : -1;
      const roles = passwords.map((input, i) => ({ input, role: i === old2 ? "current-password" : "new-password", confidence: 85 }));
      return done2("change-password", roles, 80);
    }
    const first = passwords[0];
    if (!first) return done2("other", [], 50);
    if (score > 0) {
      const roles = passwords.map((input) => ({ input, role: "new-password", confidence: 80 }));
      const others = texts.filter((input) => input !== user?.input && userScore(input) >= 30).map((input) => ({ input, role: "user-name", confidence: 60 }));
      return done2("sign-up", [...user ? [user] : [], ...others.slice(0, 3), ...roles], Math.min(95, 55 + 8 * score));
    }
    const current = { input: first, role: "current-password", confidence: hasToken(first, "current-password") ? 98 : 90 };
    if (harm) return done2("harmful", [], 80);
    if (!user || user.input.fixed) return done2("password-only", [current, ...extra], 80);
    return done2("sign-in", [user, current, ...extra], Math.min(98, 75 - 5 * score));
  }
  function codeIsMeant(code2, texts, group2, context, page) {
    if (code2.score >= 85) return true;
    if (texts.some((input) => userScore(input) > 20)) return false;
    const around2 = `${context}${page.title}${normalise(textOf(group2.root, 600))}`;
    const alone = group2.inputs.filter((input) => input.shape === "text").length <= 2;
    return alone && code2.score >= 40 && (oneTimeCode(around2) || code2.score >= 65);
  }
  function withoutPassword(group2, texts, context, page, done2) {
    const sending = senders(group2);
    const sends = sending.map((control) => control.text).join("");
    const keyPage = passkey(`${context}${page.title}${sends}${group2.inputs.map((input) => input.label).join("")}`) || passkey(page.path);
    const named = texts.find((input) => keyName(wordsOf(input)) && !email(wordsOf(input)) && input.type !== "email");
    const box = group2.inputs.find((input) => input.shape === "box" && passwordless(wordsOf(input)));
    if (texts.length <= 1 && (box || keyPage && named) && !signUp(context)) {
      return done2("name-key", named ? [{ input: named, role: "key-name", confidence: 85 }] : [], 85);
    }
    const user = userOf(texts, [], page.order);
    if (!user) return done2("other", [], 50);
    const score = userScore(user.input);
    const wholes = `${context}${sends}`;
    const label = normalise(textOf(group2.root, 400));
    if (newsletter(`${wholes}${label}`) && !signIn(wholes) && !hasToken(user.input, "username", "webauthn")) return done2("other", [], 70);
    const lost = forgot(context) || sending.length > 0 && sending.every((control) => forgot(control.text));
    if (lost && !signIn(sends) && !(hasToken(user.input, "username", "webauthn") && next(sends))) return done2("other", [], 70);
    const many = texts.length + group2.inputs.filter((input) => input.shape === "choice" || input.shape === "area").length;
    const place = `${page.title}${page.path}`;
    let sure = score / 2;
    if (hasToken(user.input, "username", "webauthn")) sure += 30;
    if (signIn(wholes)) sure += 30;
    else if (signIn(place)) sure += 20;
    if (next(sends)) sure += 10;
    if ((add(sends) || change(sends)) && !signIn(sends) && !signUp(sends)) sure -= 40;
    if (group2.inputs.some((input) => input.shape === "box" && remember(wordsOf(input)))) sure += 10;
    if (localName(group2.root) === "form" && texts.length === 1) sure += 5;
    sure -= 18 * (many - 1);
    if (group2.inputs.some((input) => input.shape === "area")) sure -= 60;
    const making = signUp(context) || sending.length > 0 && sending.every((control) => signUp(control.text));
    if (making && !signIn(sends) && !signIn(context)) {
      return sure > 10 ? done2("sign-up", [user], 60) : done2("other", [], 50);
    }
    return sure >= 35 ? done2("sign-in", [user], Math.min(95, 40 + sure / 1.5)) : done2("other", [], 50);
  }
  function boxes(group2) {
    const roles = [];
    for (const input of group2.inputs) {
      if (input.shape !== "box") continue;
      const all2 = wordsOf(input);
      if (passwordless(all2)) roles.push({ input, role: "passwordless-box", confidence: 85 });
      else if (remember(all2) && !terms(input.label)) roles.push({ input, role: "remember-me", confidence: 80 });
    }
    return roles;
  }

  // src/actions.ts
  var ASKS = /* @__PURE__ */ new Set(["sign-in", "one-time-code", "sign-up"]);
  var signsOut = (control) => signOut(control.text) && wordCount(control.text) <= 5 && !remember(control.text) || control.label === "" && signOut(control.name);
  function outside(last, unowned, order) {
    const at2 = (control) => order.get(control.element) ?? 0;
    const fit = unowned.filter((control) => at2(control) > last && at2(control) < last + 400 && !isHarmful(control) && !control.minor && !control.link && !aside(control) && !federated(control) && (signIn(control.text) || next(control.text) || agree(control.text) || signUp(control.text)));
    return fit.slice(0, 1);
  }
  function submits2(judged, order, unowned) {
    if (judged.purpose === "other" || judged.purpose === "harmful" || judged.purpose === "set-up-code") return [];
    const last = Math.max(0, ...judged.roles.filter((r) => r.input.shape !== "box").map((r) => order.get(r.input.element) ?? 0));
    const deeds = [];
    const candidates = senders(judged.group);
    const off = (control) => isHarmful(control) || aside(control) && !(judged.purpose === "sign-up" && signUp(control.text));
    const inner = candidates.some((control) => !off(control)) ? candidates : judged.group.controls.filter((control) => !control.link && !control.minor && !off(control));
    const clear = inner.some((control) => control.sends || signIn(control.text) || next(control.text) || agree(control.text) || signUp(control.text) || add(control.text) || change(control.text));
    const further = clear ? [] : outside(last, unowned, order);
    const links = () => judged.group.controls.filter((control) => control.link && !off(control) && (signIn(control.text) || next(control.text)));
    const pool = further.length > 0 ? further : inner.length > 0 ? inner : links();
    for (const control of pool) {
      if (isHarmful(control) || federated(control) || signsOut(control)) continue;
      const { text } = control;
      if (passkey(text) && judged.purpose !== "name-key") continue;
      if (skip(text) && !signIn(text) && !next(text) && !agree(text)) continue;
      let score = control.sends ? 4 : 0;
      if (control.form !== null && control.form === judged.group.root) score += 1;
      if (judged.purpose === "sign-in" || judged.purpose === "password-only" || judged.purpose === "one-time-code") {
        if (signIn(text)) score += 4;
        if (next(text) || agree(text)) score += 3;
        if (signUp(text) && !signIn(text)) score -= 6;
      } else if (judged.purpose === "sign-up") {
        if (signUp(text) || next(text)) score += 4;
        if (signIn(text) && !signUp(text)) score -= 3;
      } else if (judged.purpose === "change-password") {
        if (change(text) || agree(text)) score += 4;
      } else if (add(text) || next(text) || agree(text) || change(text)) score += 4;
      if (forgot(text) || otherWay(text)) score -= 6;
      if (search(text)) score -= 5;
      score += (order.get(control.element) ?? 0) > last ? 2 : -2;
      if (control.label === "" && !control.sends) score -= 3;
      deeds.push({ control, role: "submit", judged, confidence: Math.max(5, Math.min(98, 50 + 6 * score)) });
    }
    deeds.sort((a, b) => b.confidence - a.confidence);
    const top = deeds[0];
    return top ? deeds.filter((deed) => deed === top || deed.confidence >= 50).slice(0, 2) : [];
  }
  function roleOf(control, judged, asks, page) {
    const { text, name } = control;
    const long = wordCount(text) > 12;
    if (signsOut(control)) return { role: "sign-out", confidence: signOut(text) ? 92 : 60 };
    if (isHarmful(control) || long) return null;
    const brief = wordCount(text) <= 4;
    let near = null;
    const nearKey = () => passkey(near ??= surroundings(control.element, headingBefore(control.element, page)));
    const aboutKey = passkey(text);
    if (aboutKey && !about(text)) {
      if (asks) return add(text) && !signIn(text) && !use(text) ? null : { role: "use-passkey", confidence: use(text) || signIn(text) ? 92 : 75 };
      if (add(text)) return { role: "add-passkey", confidence: control.link && wordCount(text) <= 1 ? 70 : 92 };
      if (signIn(text) || use(text) && !control.link) return { role: "use-passkey", confidence: 70 };
      if (control.here || change(text)) return null;
      return { role: "to-security-settings", confidence: control.link ? 95 : 75 };
    }
    if (!asks && brief && add(text) && !recoveryCode(text) && nearKey() && judged?.purpose !== "name-key") return { role: "add-passkey", confidence: control.link ? 75 : 70 };
    if (otherWay(text)) return { role: "try-another-way", confidence: 85 };
    if (federated(control)) return null;
    if (skip(text) && wordCount(text) <= 6 && !control.sends) return { role: "skip", confidence: 75 };
    if (skip(text) && wordCount(text) <= 6) return { role: "skip", confidence: 60 };
    const settings = control.link && !control.here || attribute(control.element, "role") === "menuitem" || control.button && !control.sends;
    if (settings && !asks && !about(text) && !about(name) && !recoveryCode(`${text}${name}`)) {
      if (passkey(name)) return { role: add(name) || add(text) ? "add-passkey" : "to-security-settings", confidence: passkey(page.path) ? 60 : 88 };
      if (control.link && wordCount(text) <= 3 && passkey(headingBefore(control.element, page)) && !signIn(text) && !password(text) && !recoveryCode(text)) return { role: "to-security-settings", confidence: 85 };
      if (security(text) || security(name)) return { role: "to-security-settings", confidence: security(text) ? 80 : 70 };
      if (password(text) && change(text)) return { role: "to-security-settings", confidence: 45 };
      if (account(text) && wordCount(text) <= 4) return { role: "to-security-settings", confidence: 50 };
    }
    if (signIn(text) && wordCount(text) <= 8 && !control.here && (control.link || judged === null || !ASKS.has(judged.purpose)) && !signUp(text) && !forgot(text) && judged?.purpose !== "password-only") {
      return { role: "to-sign-in", confidence: control.link ? 80 : 60 };
    }
    if ((next(text) || agree(text)) && wordCount(text) <= 5 && (control.button || control.sends || next(text)) && (judged === null || judged.purpose === "other")) {
      return { role: "continue", confidence: next(text) ? 75 : 65 };
    }
    return null;
  }
  function inFooter(element) {
    for (let at2 = element; at2; at2 = composedParent(at2)) {
      if (localName(at2) === "footer" || attribute(at2, "role") === "contentinfo") return true;
    }
    return false;
  }

  // src/banner.ts
  var MAX_DEPTH = 15;
  var MAX_TEXT = 4e3;
  var isModal = (element) => attribute(element, "aria-modal") === "true" || localName(element) === "dialog" && matches(element, ":modal");
  function layerOf(control) {
    let at2 = control.element;
    for (let depth = 0; at2 && depth < MAX_DEPTH; depth += 1, at2 = composedParent(at2)) {
      if (localName(at2) === "dialog" || /^(?:alert)?dialog$/.test(attribute(at2, "role")) || isModal(at2)) return at2;
      if (["fixed", "sticky"].includes(styleOf(at2).position)) return at2;
    }
    return null;
  }
  function isBanner(layer) {
    if (select(layer, "input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea").length > 0) return false;
    const text = textOf(layer, MAX_TEXT);
    return text.length < MAX_TEXT && cookies(normalise(text.slice(0, 600)));
  }
  function inTheWay(layer, needed) {
    if (isModal(layer)) return true;
    const document2 = ownerDocument(layer);
    const view = (document2 && defaultView(document2)) ?? window;
    const rect = rectOf(layer);
    if (rect.width * rect.height >= 0.4 * view.innerWidth * view.innerHeight) return true;
    return needed.some((element) => {
      const { left, top, width, height } = rectOf(element);
      const inView = left + width / 2 < view.innerWidth && top + height / 2 < view.innerHeight && left >= 0 && top >= 0;
      return inView && !uncovered(element);
    });
  }
  function confidence(control) {
    const { text } = control;
    if (harmful(text)) return 0;
    if (leastConsent(text)) return 95;
    if (skip(text)) return 80;
    if (control.link) return 0;
    if (change(text) && !all(text)) return 60;
    return agree(text) || next(text) ? 50 : 0;
  }
  function bannerOf(found, controls, inputs) {
    if (!found.lines.some((line) => cookies(normalise(line.text)))) return null;
    const layers = /* @__PURE__ */ new Map();
    const below = inputs.slice(0, 10);
    for (const control of controls) {
      const layer = layerOf(control);
      if (layer) layers.set(layer, [...layers.get(layer) ?? [], control]);
      else if (control.button && below.length < 20) below.push(control.element);
    }
    for (const [layer, own] of layers) {
      if (!visible(layer) && !own.some((control) => visible(control.element))) continue;
      if (!isBanner(layer) || !inTheWay(layer, below)) continue;
      const [best] = own.map((control) => ({ control, sure: confidence(control) })).sort((a, b) => b.sure - a.sure);
      if (best && best.sure > 0) return { controls: new Set(own), answer: best.control, confidence: best.sure };
    }
    return null;
  }

  // src/groups.ts
  var CLIMB = 25;
  function around(input, controls, limit) {
    let at2 = input.element;
    for (let depth = 0; depth < CLIMB; depth += 1) {
      const parent = composedParent(at2);
      if (!parent || at2 === limit || ["body", "html"].includes(localName(parent))) return at2 === input.element && parent ? parent : at2;
      at2 = parent;
      if (controls.some((control) => contains(at2, control.element))) return at2;
    }
    return at2;
  }
  function segments(inputs) {
    let run = [];
    let best = [];
    for (const input of inputs) {
      const single = (input.shape === "text" || input.shape === "password") && (input.maxLength === 1 || run.length > 0 && run[0]?.maxLength === 1 && input.numeric);
      run = single ? [...run, input] : [];
      if (run.length > best.length) best = run;
    }
    const first = best[0];
    const lead = first && inputs[inputs.indexOf(first) - 1];
    if (lead && lead.shape === "text" && (lead.maxLength === best.length + 1 || lead.maxLength !== 1 && hasToken(lead, "one-time-code"))) best.unshift(lead);
    return best.length >= 4 && best.length <= 10 ? best : [];
  }
  function group(inputs, controls) {
    const groups = [];
    const put2 = (root, input) => {
      let into = groups.find((g) => g.root === root);
      if (!into) groups.push(into = { root, inputs: [], controls: [], cells: [] });
      into.inputs.push(input);
    };
    const plain = controls.filter((control) => !control.form && control.button && !control.minor);
    const main = plain.filter((control) => !aside(control));
    const loose = main.length > 0 ? main : plain;
    for (const input of inputs) {
      if (!input.form) {
        put2(around(input, loose, null), input);
        continue;
      }
      const senders2 = controls.filter((control) => control.form === input.form && control.sends && !control.minor);
      const many = senders2.length > 1 && inputs.filter((i) => i.form === input.form && (i.shape === "text" || i.shape === "password")).length > 2;
      put2(many ? around(input, senders2, input.form) : input.form, input);
    }
    merge(groups);
    for (const g of groups) g.cells = segments(g.inputs);
    for (const control of controls) {
      const holders = groups.filter((g) => control.form !== null && control.form === g.root || contains(g.root, control.element));
      const inner = holders.filter((g) => !holders.some((other) => other !== g && contains(g.root, other.root)));
      inner[0]?.controls.push(control);
    }
    return groups;
  }
  function merge(groups) {
    for (let i = groups.length - 1; i >= 0; i -= 1) {
      const inner = groups[i];
      if (!inner || localName(inner.root) === "form") continue;
      const outer = groups.find((g) => g !== inner && contains(g.root, inner.root) && sameForm(g, inner));
      if (!outer) continue;
      const passwords = (g) => g.inputs.filter((input) => input.shape === "password").length;
      if (passwords(outer) > 0 && passwords(inner) > 0) continue;
      outer.inputs.push(...inner.inputs);
      groups.splice(i, 1);
    }
  }
  var sameForm = (a, b) => a.inputs[0]?.form === b.inputs[0]?.form;

  // src/kind.ts
  function codeList(found) {
    const shapes = /* @__PURE__ */ new Map();
    const areas = found.inputs.filter((input) => localName(input) === "textarea" && visible(input)).map((input) => input.value.slice(0, 2e3));
    for (const text of [...found.lines.map((line) => line.text), ...areas]) {
      for (const token of text.split(/[\s,;]+/)) {
        if (!/^[A-Za-z0-9]{4,}(?:-[A-Za-z0-9]{3,})*$/.test(token) || token.length < 8 || token.length > 32 || !/\d/.test(token)) continue;
        const shape = token.replace(/[A-Za-z0-9]/g, "x");
        shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
      }
    }
    return [...shapes.values()].some((count) => count >= 6);
  }
  var mentions = (found, test) => found.lines.some((line) => line.text.length < 300 && test(normalise(line.text)) && visible(line.block));
  function kindOf(e) {
    const best = (purpose) => e.judged.filter((j) => j.purpose === purpose).sort((a, b) => b.confidence - a.confidence)[0] ?? null;
    const deed = (role, least = 0) => e.deeds.find((d) => d.role === role && d.confidence >= least) ?? null;
    const say = (kind, confidence2, reason, ...about2) => ({ kind, confidence: Math.round(confidence2), reason, about: about2 });
    const signedIn = e.signals.has("sign-out-control");
    const [signIn2, signUp2, code2, only, change2, name] = ["sign-in", "sign-up", "one-time-code", "password-only", "change-password", "name-key"].map(best);
    const adds = deed("add-passkey", 65);
    if (code2 && !adds && !(signIn2 && signIn2.roles.some((r) => r.role === "current-password"))) {
      return e.notices.has("code-sent") ? say("code-sent", code2.confidence, "code-field-sent", "one-time-code") : say("second-factor", code2.confidence, "code-field", "one-time-code");
    }
    if (signIn2 && signUp2) {
      const withPassword = signIn2.roles.some((r) => r.role === "current-password");
      const place = `${e.head}${e.page.path}`;
      const making = signUp(place) && !signIn(place);
      if (!making && (withPassword || signIn2.confidence >= signUp2.confidence)) return say("sign-in", signIn2.confidence, "sign-in-form", "sign-in", "password-only", "one-time-code");
      return say("sign-up", signUp2.confidence, "sign-up-form", "sign-up", "sign-in");
    }
    const addressOnly = signedIn && signIn2 !== null && signIn2 !== void 0 && !signIn2.roles.some((r) => r.role === "current-password");
    if (signIn2 && !addressOnly && !(signedIn && (change2 || adds || name))) {
      const again2 = signedIn || confirmAccess(e.head);
      if (again2 && signIn2.roles.some((r) => r.role === "current-password") && signIn2.roles.every((r) => r.role !== "user-name" || r.input.filled)) return say("reauthentication", 75, "sign-in-form-signed-in", "sign-in");
      return say("sign-in", signIn2.confidence, "sign-in-form", "sign-in", "password-only");
    }
    if (name) return say("name-key", name.confidence, "key-name-form", "name-key");
    if (only && !change2 && !adds) {
      if (signedIn) return say("reauthentication", 92, "password-only-signed-in", "password-only");
      const asked = confirmAccess(`${e.head}${only.context}`) || e.signals.has("user-name-shown") && mentions(e.found, confirmAccess) && !signIn(e.head);
      return asked ? say("reauthentication", 75, "password-only-words", "password-only") : say("sign-in", 80, "password-step", "password-only");
    }
    const heads = recoveryCode(e.head);
    if (!signUp2 && (heads || codeList(e.found) && mentions(e.found, recoveryCode))) return say("recovery-codes", heads ? 88 : 80, heads ? "recovery-heading" : "code-list");
    if (adds && !signUp2) return say("passkey-settings", adds.confidence, "add-passkey-control", "change-password");
    if (change2) return say("change-password", change2.confidence, "new-password-form", "change-password");
    if (signUp2) return say("sign-up", signUp2.confidence, "sign-up-form", "sign-up");
    if (e.notices.has("captcha")) return say("captcha", 80, "challenge");
    if (e.notices.has("locked") || e.notices.has("rate-limited")) return say("locked-out", 75, "lock-message");
    if (missing(e.head) && !signedIn && e.found.lines.length < 60) return say("error", 80, "error-heading");
    if (e.notices.has("code-sent")) return say("code-sent", 70, "sent-message");
    const uses = deed("use-passkey", 60);
    if (uses && !signedIn) return signIn(e.head) || !oneTimeCode(e.head) ? say("sign-in", 70, "passkey-only", "sign-in") : say("second-factor", 75, "passkey-factor");
    if (uses) return say("reauthentication", 60, "passkey-only-signed-in");
    const setUp = best("set-up-code");
    if (setUp && !signedIn) return say("unknown", 60, "factor-set-up");
    const asking = e.found.inputs.some((input) => /^(?:text|email|tel|password|)$/.test(attribute(input, "type")) && localName(input) === "input" && visible(input));
    const offers = !asking && deed("skip", 60) && (deed("continue", 60) || !signedIn && e.deeds.length <= 12);
    if (offers && (dialog(e) || e.deeds.length <= 8) && e.deeds.filter((d) => d.role === "to-security-settings").length < 3) return say("interstitial", 65, "skip-offered");
    const settings = e.deeds.filter((d) => d.role === "to-security-settings" && d.confidence >= 70).length > 0;
    if (signedIn) return say("signed-in", settings ? 92 : 85, "sign-out-control");
    if (e.signals.has("user-name-shown") && settings) return say("signed-in", 70, "user-name-and-settings");
    if (!asking && deed("continue", 70) && e.deeds.length <= 6) return say("interstitial", 55, "continue-offered");
    return say("unknown", 40, "nothing-known");
  }
  var dialog = (e) => e.deeds.some((d) => {
    if (d.role !== "skip") return false;
    for (let at2 = d.control.element; at2; at2 = composedParent(at2)) if (localName(at2) === "dialog" || /dialog/.test(attribute(at2, "role")) || attribute(at2, "aria-modal") === "true") return true;
    return false;
  });
  function headOf(found, title) {
    const shown = found.headings.filter((heading) => visible(heading)).slice(0, 40);
    for (const level of ["h1", "h2", "h3"]) {
      const heading = shown.find((h) => localName(h) === level);
      if (heading) return `${normalise(title)}${normalise(textOf(heading, 200))}`;
    }
    return normalise(title);
  }

  // src/notices.ts
  var words250 = (element) => normalise(textOf(element, 250));
  function reddish(element) {
    const inner = select(element, "*")[0] ?? element;
    const match = /rgba?\((\d+), (\d+), (\d+)/.exec(styleOf(inner).color);
    const [r, g, b] = match ? match.slice(1).map(Number) : [];
    return r !== void 0 && g !== void 0 && b !== void 0 && r > 120 && g < r * 0.55 && b < r * 0.6;
  }
  function captcha(found) {
    for (const frame of found.frames) {
      const told = normalise(`${attribute(frame, "title")} ${attribute(frame, "name")}`);
      const source = attribute(frame, "src").toLowerCase();
      if (!(human(told) || /captcha|challenge/.test(told) || /captcha|challenge|arkose|bot-?check/.test(source))) continue;
      const rect = rectOf(frame);
      if (rect.width < 100 || rect.height < 40 || /[?&]size=invisible/.test(source) || !visible(frame) || cornered(frame)) continue;
      return true;
    }
    return found.marked.some((element) => {
      if (!/captcha/i.test(attribute(element, "class") + attribute(element, "id")) || localName(element) === "iframe") return false;
      const rect = rectOf(element);
      const drawn2 = select(element, "img,canvas,iframe,input:not([type=hidden])").length > 0;
      return drawn2 && rect.width >= 100 && rect.height >= 30 && visible(element) && !cornered(element);
    });
  }
  var cornered = (element) => {
    let at2 = element;
    for (let depth = 0; at2 && depth < 4; depth += 1, at2 = composedParent(at2)) if (styleOf(at2).position === "fixed" && rectOf(at2).height < 90) return true;
    return false;
  };
  function listed(list, judged) {
    const items = select(list, "li");
    if (items.length === 0 || items.length > 3 || select(list, "a,button,input").length > 0) return false;
    return judged.some(({ group: group2, purpose, roles }) => {
      if (!["sign-in", "one-time-code", "password-only", "name-key"].includes(purpose) || !contains(group2.root, list)) return false;
      if (parentNode(list) === group2.root) return true;
      return roles.some(({ input }) => {
        for (let at2 = input.element, depth = 0; at2 && at2 !== group2.root && depth < 3; at2 = composedParent(at2), depth += 1) {
          if (previousElement(at2) === list || nextElement(at2) === list) return true;
        }
        return false;
      });
    });
  }
  var MILD = /* @__PURE__ */ new Set(["sign-in", "one-time-code", "password-only", "name-key", "change-password"]);
  function readNotices(found, judged) {
    const notices = /* @__PURE__ */ new Set();
    const reasons = /* @__PURE__ */ new Set();
    const say = (notice, why) => {
      notices.add(notice);
      reasons.add(why);
    };
    const forms2 = judged.filter(({ purpose }) => MILD.has(purpose));
    const near = (element) => forms2.some(({ group: group2 }) => contains(composedParent(group2.root) ?? group2.root, element));
    const message = (element, why, certain) => {
      const text = words250(element);
      if (text.trim() === "" || !visible(element)) return;
      if (locked(text)) say("locked", why);
      else if (busy(text)) say("busy", why);
      else if (rateLimited(text)) say("rate-limited", why);
      else if (wrong(text) && !(done(text) && !certain)) say("refused", why);
      else if (sent(text) && medium(text)) say("code-sent", why);
      else if (done(text)) say("done", why);
      else if (certain && (near(element) || reddish(element)) && !/info|success|notice/i.test(attribute(element, "class"))) say("refused", why);
    };
    for (const alert of found.alerts.slice(0, 30)) {
      const role = attribute(alert, "role");
      message(alert, role === "status" ? "status" : "alert", role === "alert" && forms2.length > 0);
    }
    for (const list of found.lists.slice(0, 200)) if (listed(list, judged)) message(list, "list-by-field", true);
    for (const element of found.marked.slice(0, 200)) {
      if (!near(element) || contains(element, forms2[0]?.group.root ?? element)) continue;
      if (matches(element, "form,input,label,button") || textOf(element, 400).trim().length > 250) continue;
      message(element, "marked", /error|invalid|danger/i.test(attribute(element, "class")));
    }
    for (const { roles } of forms2) {
      const invalid = roles.filter(({ input }) => attribute(input.element, "aria-invalid") === "true");
      if (invalid.length > 0 && (roles.some(({ input }) => input.filled) || invalid.some(({ input }) => attribute(input.element, "aria-errormessage") !== "" || attribute(input.element, "aria-describedby") !== ""))) {
        say("refused", "aria-invalid");
      }
    }
    const puzzled = forms2.some(({ group: group2 }) => group2.inputs.some((input) => input.shape === "text" && human(wordsOf(input))));
    if (puzzled) say("captcha", "puzzle-field");
    for (const line of found.lines) {
      pageLine(line, say, near);
      hindrance(line, say);
    }
    if (captcha(found)) say("captcha", "challenge-frame");
    if (notices.has("locked") || notices.has("rate-limited") || notices.has("refused")) notices.delete("done");
    return { notices, reasons };
  }
  function pageLine(line, say, near) {
    if (line.text.length > 260) return;
    const text = normalise(line.text);
    const short2 = text.length < 200;
    if (locked(text) && short2 && visible(line.block)) say("locked", "line");
    else if (rateLimited(text) && !busy(text) && short2 && (wrong(text) || /^h[1-3]$/.test(localName(line.block))) && visible(line.block)) say("rate-limited", "line");
    else if (sent(text) && medium(text) && (code(text) || oneTimeCode(text)) && visible(line.block)) say("code-sent", "line");
    else if (wrong(text) && short2 && near(line.block) && reddish(line.block) && visible(line.block)) say("refused", "red-line");
    else if (text.length < 80 && human(text) && localName(line.block) !== "label" && /^h[1-3]$/.test(localName(line.block)) && visible(line.block)) say("captcha", "heading");
  }
  function hindrance(line, say) {
    if (line.text.length > 260) return;
    const text = normalise(line.text);
    if (unconfirmed(text) && email(text) && visible(line.block)) say("address-unconfirmed", "line");
    else if ((onHold(text) || forbids(text) && passkey(text)) && visible(line.block)) say("barred", "line");
  }

  // src/walk.ts
  var MAX_NODES = 6e4;
  var MAX_TEXT2 = 8e4;
  var MAX_LINE = 400;
  var SILENT = /* @__PURE__ */ new Set(["script", "style", "noscript", "template", "head", "option", "textarea", "svg", "math", "canvas", "video", "audio"]);
  var INLINE = /* @__PURE__ */ new Set(["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"]);
  var CONTROL_ROLES = /* @__PURE__ */ new Set(["button", "link", "menuitem", "option"]);
  var MARKED = /captcha|challenge|error|invalid|danger|alert|warning|success/i;
  var isControl = (element, name) => {
    switch (name) {
      case "button":
      case "summary":
        return true;
      case "a":
        return attribute(element, "href") !== "" || attribute(element, "onclick") !== "" || attribute(element, "tabindex") !== "" || attribute(element, "role") !== "";
      case "input":
        return ["submit", "button", "image"].includes(attribute(element, "type").toLowerCase());
      case "label":
      case "form":
      case "body":
      case "html":
        return false;
      default:
        return CONTROL_ROLES.has(attribute(element, "role")) || attribute(element, "onclick") !== "" || attribute(element, "tabindex") === "0";
    }
  };
  var isInput = (element, name) => name === "textarea" || name === "select" || name === "input" && !["hidden", "submit", "button", "image", "reset", "file", "range", "color"].includes(attribute(element, "type").toLowerCase()) || (attribute(element, "role") === "checkbox" || attribute(element, "role") === "switch") && name !== "input";
  function walk(document2) {
    const found = { inputs: [], controls: [], headings: [], alerts: [], lists: [], frames: [], marked: [], lines: [], order: /* @__PURE__ */ new Map() };
    let nodes = 0;
    let letters = 0;
    let line = null;
    const text = (value, block) => {
      if (letters > MAX_TEXT2 || !/\S/.test(value)) return;
      if (line?.block !== block) {
        line = { block, text: "" };
        found.lines.push(line);
      }
      if (line.text.length < MAX_LINE) line.text += ` ${value.slice(0, MAX_LINE)}`;
      letters += value.length;
    };
    const keep = (list, element) => {
      list.push(element);
      found.order.set(element, nodes);
    };
    const visit = (element, name) => {
      const role = attribute(element, "role");
      if (isInput(element, name)) keep(found.inputs, element);
      else if (isControl(element, name)) keep(found.controls, element);
      if (/^h[1-6]$/.test(name) || name === "legend" || role === "heading") keep(found.headings, element);
      if (role === "alert" || role === "status" || name === "output" || attribute(element, "aria-live") === "assertive") keep(found.alerts, element);
      if (name === "ul" || name === "ol") keep(found.lists, element);
      if (name === "iframe") keep(found.frames, element);
      if (MARKED.test(attribute(element, "class")) || MARKED.test(attribute(element, "id"))) keep(found.marked, element);
    };
    const stack = [];
    const root = documentElement(document2);
    if (root) stack.push({ next: root, block: root });
    while (stack.length > 0 && nodes < MAX_NODES) {
      const top = stack[stack.length - 1];
      if (!top) break;
      const node = top.next;
      if (node === null) {
        stack.pop();
        continue;
      }
      top.next = nextSibling(node);
      nodes += 1;
      if (nodeType(node) === Node.TEXT_NODE) {
        text(node.data, top.block);
        continue;
      }
      if (!isElement(node)) continue;
      const name = localName(node);
      visit(node, name);
      if (SILENT.has(name)) continue;
      const block = INLINE.has(name) ? top.block : node;
      stack.push({ next: firstChild(node), block });
      const shadow = shadowRoot(node);
      if (shadow) stack.push({ next: firstChild(shadow), block: node });
      const inner = innerDocument(node);
      const innerRoot = inner && documentElement(inner);
      if (innerRoot) stack.push({ next: innerRoot, block: innerRoot });
    }
    return found;
  }

  // src/read.ts
  var MAX_INPUTS = 400;
  var MAX_CONTROLS = 1500;
  function few(controls) {
    if (controls.length <= MAX_CONTROLS) return [...controls];
    const owned = new Set(controls.filter((control) => Boolean(control.form)).slice(0, MAX_CONTROLS));
    return controls.filter((control, i) => owned.has(control) || i < MAX_CONTROLS / 2 || i >= controls.length - MAX_CONTROLS / 4);
  }
  function read(document2, hints, table2) {
    const found = walk(document2);
    const inputs = found.inputs.slice(0, MAX_INPUTS).map(readInput).filter((input) => input !== null);
    const shown = few(found.controls).map(readControl).filter((control) => control !== null);
    const banner = bannerOf(found, shown, inputs.map((input) => input.element));
    const controls = banner ? shown.filter((control) => !banner.controls.has(control)) : shown;
    const groups = group(inputs, controls);
    const title = titleOf(document2);
    const page = { headings: found.headings.slice(0, 200).map((heading) => ({ at: found.order.get(heading) ?? 0, text: normalise(textOf(heading, 200)) })), order: found.order, title: normalise(title), path: normaliseName(defaultView(document2)?.location.pathname ?? "") };
    const judged = groups.map((g) => judge(g, page));
    const head = headOf(found, title);
    const deeds = deedsOf(found, controls, judged, page, head);
    if (banner) deeds.push({ control: banner.answer, role: "answer-cookies", judged: null, confidence: banner.confidence });
    const { notices, reasons } = readNotices(found, judged);
    const signals = signalsOf(found, judged, deeds, hints, head);
    const verdict = kindOf({ judged, deeds, notices, signals, page, found, head });
    const rank = (j) => {
      const at2 = j ? verdict.about.indexOf(j.purpose) : -1;
      return at2 < 0 ? verdict.about.length : at2;
    };
    const number = (j) => j ? table2.form(j.group.root) : 0;
    const fields = [];
    for (const j of judged) {
      if (j.purpose === "other" || j.purpose === "harmful" || j.purpose === "set-up-code") continue;
      const cells2 = j.group.cells.map((cell) => cell.element);
      if (cells2[0]) table2.cells(cells2[0], cells2);
      for (const { input, role, confidence: confidence2 } of j.roles) {
        fields.push({ element: table2.number(input.element), role, form: number(j), filled: input.filled, ticked: input.ticked, confidence: percent(confidence2), rank: rank(j) * 1e3 - j.confidence });
      }
    }
    fields.sort((a, b) => a.rank - b.rank);
    const actions = deeds.map((deed) => ({ deed, rank: deed.role === "submit" ? rank(deed.judged) * 1e3 - (deed.judged?.confidence ?? 0) : 0 })).sort((a, b) => a.rank - b.rank || b.deed.confidence - a.deed.confidence).map(({ deed }) => ({ element: table2.number(deed.control.element), role: deed.role, form: number(deed.judged), label: deed.control.label, link: deed.control.link, confidence: percent(deed.confidence) }));
    return {
      kind: verdict.kind,
      confidence: percent(verdict.confidence),
      reasons: [verdict.reason, ...reasons].slice(0, 12),
      fields: fields.slice(0, MAX_FIELDS).map(({ rank: _, ...field }) => field),
      actions: actions.slice(0, MAX_ACTIONS),
      notices: [...notices].sort(),
      signals: [...signals].sort(),
      language: languageOf(document2)
    };
  }
  var percent = (value) => Math.max(0, Math.min(100, Math.round(value)));
  var languageOf = (document2) => {
    const root = documentElement(document2);
    return root ? attribute(root, "lang").slice(0, 35) : "";
  };
  function drawn(j, found, page) {
    if (!["sign-in", "sign-up", "one-time-code", "password-only"].includes(j.purpose)) return [];
    const last = j.group.inputs.at(-1)?.element;
    if (!last) return [];
    for (const line of found.lines) {
      if (line.text.length > 40 || !(Node.DOCUMENT_POSITION_FOLLOWING & last.compareDocumentPosition(line.block))) continue;
      const text = normalise(line.text);
      if (!(signIn(text) || next(text) || agree(text) || signUp(text))) continue;
      const control = readControl(line.block);
      if (control && !control.link) return submits2({ ...j, group: { ...j.group, controls: [control] } }, page.order, []).map((deed) => ({ ...deed, judged: j, confidence: 55 }));
    }
    return [];
  }
  function deedsOf(found, controls, judged, page, head) {
    const owned = new Set(judged.filter((j) => j.purpose !== "other").flatMap((j) => j.group.controls.map((control) => control.element)));
    const unowned = controls.filter((control) => !owned.has(control.element));
    const deeds = judged.flatMap((j) => submits2(j, page.order, unowned));
    deeds.push(...judged.filter((j) => !deeds.some((deed) => deed.judged === j)).flatMap((j) => drawn(j, found, page)));
    const taken = new Set(deeds.map((deed) => deed.control.element));
    const signsOut2 = controls.some((control) => signOut(control.text) && control.text.trim().split(" ").length <= 5);
    const has = (...purposes) => judged.some((j) => purposes.includes(j.purpose));
    const asks = has("sign-in", "sign-up", "one-time-code") || has("password-only") && !has("change-password", "harmful") || !signsOut2 && (signIn(head) || oneTimeCode(head) || confirmAccess(head)) && !has("change-password");
    for (const control of controls) {
      if (taken.has(control.element)) continue;
      const own = judged.find((j) => j.group.controls.includes(control)) ?? null;
      const told = roleOf(control, own, asks, page);
      if (!told) continue;
      const low = told.role === "to-security-settings" && inFooter(control.element) ? 40 : 0;
      const listed2 = own && own.purpose !== "other" && own.purpose !== "harmful" && own.purpose !== "set-up-code" ? own : null;
      deeds.push({ control, judged: listed2, role: told.role, confidence: told.confidence - low });
    }
    return deeds;
  }
  function signalsOf(found, judged, deeds, hints, head) {
    const signals = /* @__PURE__ */ new Set();
    const asks = judged.some((j) => ["sign-in", "sign-up", "one-time-code"].includes(j.purpose));
    if (deeds.some((deed) => deed.role === "sign-out")) signals.add("sign-out-control");
    const manages = deeds.some((deed) => deed.role === "add-passkey" && deed.confidence >= 65) || judged.some((j) => ["name-key", "set-up-code"].includes(j.purpose)) || judged.some((j) => j.purpose === "change-password" && j.roles.some((r) => r.role === "current-password"));
    const heads = signals.has("sign-out-control") && (security(head) || passkey(head));
    if ((manages || heads) && !asks) signals.add("account-settings");
    const name = hints.userName?.trim().toLowerCase() ?? "";
    if (name.length >= 3 && shows(found, name)) signals.add("user-name-shown");
    return signals;
  }
  function shows(found, name) {
    const letter = /[\p{L}\p{N}]/u;
    return found.lines.some(({ text, block }) => {
      const line = text.toLowerCase();
      const at2 = line.indexOf(name);
      if (at2 < 0 || letter.test(line.charAt(at2 - 1)) || letter.test(line.charAt(at2 + name.length))) return false;
      return visible(block);
    });
  }

  // src/index.ts
  var numbers = /* @__PURE__ */ new WeakMap();
  var elements = /* @__PURE__ */ new Map();
  var forms = /* @__PURE__ */ new WeakMap();
  var cells = /* @__PURE__ */ new WeakMap();
  var lastNumber = 0;
  var lastForm = 0;
  var table = {
    number(element) {
      const known = numbers.get(element);
      if (known !== void 0) return known;
      lastNumber += 1;
      numbers.set(element, lastNumber);
      elements.set(lastNumber, new WeakRef(element));
      return lastNumber;
    },
    form(root) {
      const known = forms.get(root);
      if (known !== void 0) return known;
      lastForm += 1;
      forms.set(root, lastForm);
      return lastForm;
    },
    cells(first, all2) {
      cells.set(first, all2.map((cell) => new WeakRef(cell)));
    }
  };
  var find = (number) => {
    const element = elements.get(number)?.deref() ?? null;
    if (!element || !isConnected(element)) elements.delete(number);
    return element;
  };
  function roots(document2) {
    const all2 = [document2];
    for (let i = 0; i < all2.length && all2.length < 200; i += 1) {
      const root = all2[i];
      for (const element of elementsOf(root)) {
        const inner = shadowRoot(element) ?? innerDocument(element);
        if (inner) all2.push(inner);
      }
    }
    return all2;
  }
  var NOTHING = { kind: "unknown", confidence: 0, reasons: ["failed"], fields: [], actions: [], notices: [], signals: [], language: "" };
  function guarded(answer, otherwise) {
    try {
      return answer();
    } catch {
      return otherwise;
    }
  }
  var reader = Object.freeze({
    read: (hints = {}) => guarded(() => read(document, hints, table), NOTHING),
    target: (element) => guarded(() => {
      const target = find(element);
      return target && isConnected(target) ? { ways: ways(target), holds: holds(target) } : null;
    }, null),
    fill: (element, value, where, secret) => guarded(() => {
      const target = find(element);
      const rest = (target && cells.get(target)) ?? [];
      return fill(target, { value, where, secret }, rest.map((cell) => cell.deref()).filter((cell) => cell !== void 0));
    }, "gone"),
    press: (element, where) => guarded(() => press(find(element), where), "gone"),
    tick: (element, on) => guarded(() => tick(find(element), on), "gone"),
    quiet: (ms) => quiet(document, guarded(() => roots(document), [document]), ms)
  });
  Object.defineProperty(globalThis, "rekeyReader", { value: reader, configurable: true });
})();
