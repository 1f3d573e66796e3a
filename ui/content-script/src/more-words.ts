// The rest of the tables of words.ts: what fields and pages are about, and what messages say.

import { matcher } from "./match.ts";

/** Names a one-time code for certain. */
export const oneTimeCode = matcher({
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
  ar: "رمز التحقق|تطبيق المصادقة|رمز المصادقة|رمز الامان|ستة ارقام|لمرة واحدة|المصادقة الثنائية",
});

/** May name a one-time code. */
export const code = matcher({
  en: "code|token|pin|digits", es: "codigo|pin", de: "code|tan", fr: "code", pt: "codigo", it: "codice", ja: "コード|番号", nl: "code", pl: "kod", ru: "код", zh: "码|碼", ko: "코드|번호",
  ar: "رمز|الرمز",
});

/** Names a code or number of another kind, or of a person's address or payment. */
export const otherCode = matcher({
  en: "zip|zipcode|postal|postcode|post code|promo|promotion|coupon|discount|voucher|gift|referral|invite|invitation|country|country code|area code|dial|sort code|tax|product|cvv|cvc|csc|captcha|card|credit|birth|company|city|street|address line|state|amount|quantity|domain|tenant|workspace|qr",
  es: "codigo postal|promocion*|cupon|descuento|tarjeta|pais|nacimiento|ciudad|direccion postal",
  de: "postleitzahl|plz|gutschein*|rabatt*|aktionscode|land|vorwahl|geburt*|ort|strasse",
  fr: "code postal|code promo|coupon|remise|pays|naissance|ville|parrainage",
  pt: "cep|codigo postal|cupom|desconto|pais|nascimento|cidade",
  it: "cap|codice postale|codice fiscale|codice promo|sconto|coupon|nascita|citta",
  ja: "郵便番号|クーポン|招待|紹介|生年月日|住所|画像認証", zh: "邮政编码|优惠|邀请|图形|图片|圖形", ko: "우편번호|쿠폰|추천",
});

export const recoveryCode = matcher({
  en: "recovery code*|backup code*|rescue code*|emergency code*|scratch code*|recovery key*|backup key*",
  es: "codigo* de recuperacion|codigo* de respaldo|codigo* de emergencia|codigo* de seguridad de reserva|codigo* de copia",
  de: "wiederherstellungscode*|wiederherstellungsschlussel*|backup code*|ersatzcode*|sicherungscode*|notfallcode*",
  fr: "code* de recuperation|code* de secours|code* de sauvegarde",
  pt: "codigo* de recuperacao|codigo* de backup|codigo* de reserva|codigo* de seguranca reserva",
  it: "codic* di recupero|codic* di backup|codic* di riserva|codic* di emergenza",
  ja: "リカバリーコード|リカバリー コード|バックアップコード|バックアップ コード|復旧コード|回復コード|リカバリコード",
  nl: "herstelcode*|back up code*|backupcode*|reservecode*", pl: "kod* zapasow*|kod* odzyskiwania", ru: "резервн* код*|код* восстановления",
  zh: "恢复代码|备用代码|恢复码|备份码|備用碼|復原碼", ko: "복구 코드|백업 코드",
  ar: "رموز الاسترداد|رمز الاسترداد|رموز احتياطية|الرموز الاحتياطية",
});

export const search = matcher({
  en: "search|query|find|q|keyword*|lookup|filter", es: "buscar|busqueda|busca", de: "suche|suchen|suchbegriff", fr: "recherche|rechercher|chercher",
  pt: "pesquisar|pesquisa|buscar|busca|procurar", it: "cerca|ricerca", ja: "検索|さがす", nl: "zoeken|zoek", pl: "szukaj|wyszukaj", ru: "поиск|найти", sv: "sok|søg|haku", tr: "ara|arama", cs: "hledat|vyhledat|kereses", zh: "搜索|搜尋|查找", ko: "검색",
});

export const newsletter = matcher({
  en: "newsletter*|subscribe|subscription|mailing list|updates|stay informed|stay in touch|keep me posted|waitlist", es: "boletin|suscri*|novedades", de: "newsletter*|abonnieren|rundbrief", fr: "newsletter*|infolettre|abonnez*|s abonner|lettre d information",
  pt: "newsletter*|boletim|assine|novidades", it: "newsletter*|iscriviti alla", ja: "メルマガ|ニュースレター|メールマガジン", nl: "nieuwsbrief", pl: "newsletter*|subskrybuj|biuletyn", ru: "рассылк*|подпис*", sv: "nyhetsbrev|uutiskirje", tr: "bulten|abone", zh: "订阅|訂閱", ko: "구독|뉴스레터",
});

export const forgot = matcher({
  en: "forgot|forgotten|forget|lost|lost password|reset password|reset your password|recover|recovery|trouble|can t|cannot|help|need help|password reset|send reset", es: "olvidado|olvidaste|olvide|olvido|recuperar|restablecer|recuperacion|problema|problemas|no puedo|no puedes|ayuda", de: "vergessen|zurucksetzen|probleme|hilfe|wiederherstellen", fr: "oublie|oubliee|oubli|reinitialiser|recuperer|perdu",
  pt: "esqueci|esqueceu|esquecida|recuperar|redefinir|recuperacao|esqueceu se", it: "dimenticato|dimenticata|recupera|recupero|smarrita|reimposta", ja: "忘れ|お忘れ|再設定|再発行|お困り", nl: "vergeten|herstellen", pl: "zapomnialem|zapomniales|zapomniane|nie pamietam|przypomnij|odzyskaj", ru: "забыли|забыл|восстановить|сброс", sv: "glomt|glemt|unohtuiko|unohditko", tr: "unuttum|unuttunuz", cs: "zapomenut*|elfelejtett*", zh: "忘记|忘記|找回", ko: "찾기|잊",
  ar: "نسيت|هل نسيت",
});

export const remember = matcher({
  en: "remember|remember me|keep me|stay signed in|stay logged in|keep me signed in|trust this|don t ask|persistent|rememberme|public computer|trust", es: "recordar*|recuerdame|recordarme|mantener*|no cerrar sesion|confiar", de: "angemeldet bleiben|eingeloggt bleiben|merken|erinnern|dauerhaft|vertrauen", fr: "se souvenir|souvenir|rester connecte|memoriser|garder ma session|faire confiance",
  pt: "lembrar*|lembre*|manter*|permanecer|confiar", it: "ricordami|ricorda|rimani connesso|resta connesso|mantieni|attendibile", ja: "保存|記憶|ログインしたまま|ログイン状態|次回から|信頼", nl: "onthoud*|ingelogd blijven|aangemeld blijven", pl: "zapamietaj*|pamietaj", ru: "запомнить|помнить", sv: "kom ihag|husk|muista|hall mig inloggad", tr: "beni hatirla|hatirla", cs: "zapamatovat*|emlekezz*", zh: "记住|記住|自动登录|保持登录", ko: "로그인 유지|기억|자동 로그인|상태 유지",
  ar: "تذكرني|ابقني مسجلا|البقاء مسجل",
});

export const passwordless = matcher({
  en: "passwordless|without password|without a password|without your password|without using a password|instead of password|instead of a password|instead of my password|no password|sign in with this|discoverable|resident key|primary sign in",
  es: "sin contrasena|sin una contrasena|sin clave|en lugar de la contrasena|en vez de la contrasena", de: "passwortlos*|kennwortlos*|ohne passwort|ohne kennwort|ohne ein passwort|statt passwort|anstelle des passworts", fr: "sans mot de passe|sans utiliser de mot de passe|au lieu du mot de passe|a la place du mot de passe",
  pt: "sem senha|sem palavra passe|em vez da senha|sem uma senha", it: "senza password|senza una password|al posto della password|invece della password", ja: "パスワードなし|パスワード不要|パスワードレス|パスワードを使わず|パスワードの代わり|パスワード無し", nl: "zonder wachtwoord|wachtwoordloos", pl: "bez hasla|bezhaslow*", ru: "без пароля|вместо пароля", zh: "无密码|免密|無密碼", ko: "비밀번호 없이|비밀번호 없는",
  ar: "دون كلمة المرور|بدون كلمة مرور|بدون كلمة المرور|بدلا من كلمة المرور",
});

export const terms = matcher({
  en: "terms|agree|accept|privacy|conditions|policy|consent|at least 18|newsletter*|offers", es: "terminos|condiciones|acepto|privacidad|politica", de: "agb|nutzungsbedingungen|datenschutz*|akzeptiere|stimme|zustimm*|bedingungen", fr: "conditions|accepte|confidentialite|cgu|cgv", pt: "termos|aceito|privacidade|concordo|condicoes", it: "termini|accetto|privacy|condizioni|informativa", ja: "利用規約|同意|プライバシー", nl: "voorwaarden|akkoord", pl: "regulamin|akceptuje|zgod*", ru: "согла*|услови*|политик*", zh: "同意|条款|隐私", ko: "동의|약관",
});

export const personal = matcher({
  en: "first name|firstname|fname|last name|lastname|lname|surname|full name|fullname|given name|family name|your name|birthday|birth|dob|gender|company|organization|country|city|zip|postal|address|street", es: "nombre completo|apellido*|tu nombre|nacimiento|empresa", de: "vorname|nachname|familienname|geburt*|firma|anrede", fr: "prenom|nom de famille|naissance|societe|entreprise|civilite", pt: "sobrenome|nome completo|seu nome|nascimento|apelido", it: "cognome|nascita|azienda", ja: "氏名|お名前|姓|生年月日", nl: "voornaam|achternaam", pl: "imie|nazwisko", ru: "имя|фамилия|дата рождения", zh: "姓名|姓氏|生日", ko: "이름|성명|생년월일",
});

export const confirmAccess = matcher({
  en: "confirm access|confirm it s you|confirm its you|confirm your identity|confirm that it is you|verify that it is you|verify your identity|verify it s you|reauthenticate|re authenticate|reauthentication|confirm your password|confirm password to|enter your password to|sudo|to continue please|re enter your password|confirm your account|sign in again|log in again|for your security|protect your account|safeguard", es: "confirmar acceso|confirma tu identidad|confirme su identidad|confirma que eres|confirma que eres tu|verifica que eres|verifica tu identidad|reautenticar*|vuelve a introducir|confirma tu contrasena|confirme su contrasena|vuelve a iniciar", de: "zugriff bestatigen|zugang bestatigen|bestatige* deine identitat|bestatigen sie ihre identitat|dass sie es sind|dass du es bist|identitat bestatigen|erneut anmelden|erneut authentifizieren|reauthentifizierung|passwort bestatigen|passwort erneut|bestatige dein passwort|bestatigen sie ihr passwort", fr: "confirmer l acces|confirmez votre identite|confirmer votre identite|verifiez votre identite|reauthentifi*|confirmez votre mot de passe|saisissez a nouveau", pt: "confirmar acesso|confirme sua identidade|confirme a sua identidade|confirme sua senha|reautentic*|verifique sua identidade", it: "conferma accesso|conferma la tua identita|verifica la tua identita|conferma la password|riautentic*|conferma l accesso", ja: "本人確認|再認証|パスワードを再|再度|アクセスの確認|アクセスを確認", nl: "bevestig je identiteit|bevestig uw identiteit|toegang bevestigen", pl: "potwierdz tozsamosc|potwierdz dostep|uwierzytelnij ponownie", ru: "подтвердите личность|подтвердите вход|повторная", zh: "验证身份|确认身份|重新验证", ko: "본인 확인|다시 로그인|다시 인증",
  ar: "تاكيد هويتك|اكد هويتك|تاكيد الهوية|التحقق من هويتك|كلمة المرور مرة اخرى|اعادة المصادقة",
});

export const change = matcher({
  en: "change|update|edit|set|save|modify", es: "cambiar|cambia|actualizar|guardar|modificar", de: "andern|aktualisieren|speichern|festlegen", fr: "changer|modifier|mettre a jour|enregistrer|definir", pt: "alterar|mudar|atualizar|salvar|guardar", it: "cambia|modifica|aggiorna|salva|cambiare|modificare", ja: "変更|更新|保存", nl: "wijzig*|opslaan", pl: "zmien|zapisz", ru: "изменить|сменить|сохранить", zh: "修改|更改|变更|保存", ko: "변경|저장",
  ar: "تغيير|تعديل|حفظ|تحديث",
});

export const otherWay = matcher({
  en: "another way|other way|other ways|another method|other method*|other option*|more options|more ways|different method|different way|try another|choose another|alternative*|use password instead|use another|sign in options|use your password|use password|use a different", es: "otra forma|otro metodo|otra manera|otros metodos|otras opciones|mas opciones|otra opcion|usar contrasena", de: "andere methode|andere option*|anderer weg|andere moglichkeit*|anderes verfahren|weitere optionen|alternative*|auf andere weise|anders anmelden", fr: "autre methode|autre moyen|autres options|autrement|plus d options|autre option|d une autre maniere|essayer une autre", pt: "outra forma|outro metodo|outras opcoes|de outra forma|mais opcoes|outra maneira|outro modo", it: "altro metodo|altro modo|altri metodi|altre opzioni|piu opzioni|un altro modo|in altro modo", ja: "別の方法|他の方法|ほかの方法|その他の方法|別のオプション", nl: "andere methode|op een andere manier|andere manier", pl: "inny sposob|inna metoda|innego sposobu", ru: "другой способ|другим способом|другие способы", zh: "其他方式|其他方法|别的方式|换一种", ko: "다른 방법|다른 옵션",
});

export const security = matcher({
  en: "security|security settings|sign in and security|login and security|password and security|two factor|2fa|mfa|two step|multi factor|sign in methods|authentication|login methods", es: "seguridad|dos factores|dos pasos|autenticacion|multifactor*", de: "sicherheit|sicherheitseinstellungen|zwei faktor*|zweifaktor*|authentifizierung|anmeldemethoden|multifaktor*", fr: "securite|deux facteurs|authentification|deux etapes", pt: "seguranca|dois fatores|duas etapas|autenticacao", it: "sicurezza|due fattori|autenticazione|due passaggi", ja: "セキュリティ|二段階認証|2段階認証|二要素認証|2要素認証|ログイン方法|多要素", nl: "beveiliging|tweestaps*", pl: "bezpieczenstwo|dwuetapow*", ru: "безопасность|двухфакторн*", zh: "安全|两步验证|双重验证", ko: "보안|2단계 인증",
  ar: "الامان|الحماية|طرق تسجيل الدخول",
});

export const account = matcher({
  en: "account|my account|settings|profile|account settings|preferences|your account|manage account|edit profile", es: "cuenta|mi cuenta|ajustes|configuracion|perfil|preferencias", de: "konto|mein konto|einstellungen|profil|kontoeinstellungen", fr: "compte|mon compte|parametres|profil|reglages|preferences", pt: "conta|minha conta|configuracoes|definicoes|perfil|ajustes", it: "account|il mio account|impostazioni|profilo|preferenze", ja: "アカウント|設定|プロフィール|マイページ|アカウント設定", nl: "instellingen|mijn account|profiel", pl: "konto|ustawienia|profil", ru: "аккаунт|настройки|профиль", zh: "账户|帐户|设置|设定|个人资料", ko: "계정|설정|프로필|내 정보",
  ar: "حسابك|حسابي|الحساب|الاعدادات|الملف الشخصي",
});

/** A page of texts about something, not the thing itself. */
export const about = matcher({
  en: "learn more|what is|what s a|about|privacy|policy|terms|blog|news|help center|support|documentation|docs|report|disclosure|cookie*", es: "mas informacion|que es|privacidad|politica|ayuda|acerca|cookie*", de: "mehr erfahren|was ist|datenschutz|impressum|hilfe|cookie*", fr: "en savoir plus|qu est ce|confidentialite|aide|cookie*", pt: "saiba mais|o que e|privacidade|ajuda|cookie*", it: "scopri di piu|che cos|privacy|aiuto|cookie*", ja: "詳細|詳しく|とは|プライバシー|ヘルプ", zh: "了解更多|什么是|隐私|帮助", ko: "자세히|개인정보",
});

export const wrong = matcher({
  en: "incorrect|invalid|wrong|not valid|not correct|doesn t match|do not match|did not match|does not match|failed|failure|error|couldn t|could not|unable|cannot|not recognized|not recognised|try again|denied|expired|required|not found|is not|are not|aren t|isn t|rejected|unsuccessful|mismatch|already used|already been used|problem", es: "incorrect*|invalid*|no valid*|erroneo|erronea|error|fallo|no coincide*|no es|no son|no se pudo|no se ha podido|no hemos podido|no pudimos|no podemos|no sirve|denegado|caducado|expirado|obligatorio|no se encuentra", de: "falsch*|ungultig*|fehler|fehlgeschlagen|stimmt nicht|stimmen nicht|nicht korrekt|konnte nicht|konnten|nicht moglich|abgelehnt|abgelaufen|nicht gefunden|inkorrekt|nicht gultig|nicht richtig", fr: "incorrect*|invalide*|errone*|erreur|echec|echoue|ne correspond*|impossible|refuse|expire|pas valide|n est pas|non valide*", pt: "incorret*|invalid*|errad*|erro|falha|falhou|nao corresponde*|nao foi possivel|tente novamente|negado|expirado|nao e|nao sao", it: "errat*|non valid*|sbagliat*|errore|fallit*|non corrisponde|non corrispondono|non corrett*|impossibile|negato|scadut*|non e|non sono", ja: "正しくありません|無効|間違|誤り|誤って|失敗|一致しません|エラー|できません|違います|不正|期限切れ|見つかりません|有効では", nl: "onjuist*|ongeldig*|fout|mislukt|klopt niet|niet geldig", pl: "nieprawidlow*|niepoprawn*|bledn*|blad|niewlasciw*", ru: "неверн*|неправильн*|ошибка|не удалось|недействител*", zh: "错误|無效|无效|不正确|失败|不匹配|有误", ko: "잘못|올바르지|오류|일치하지|실패|유효하지",
  ar: "غير صحيح|غير صحيحة|خطا|غير صالح|غير صالحة|تعذر|فشل|لا يمكن",
});

export const locked = matcher({
  en: "account locked|account is locked|account has been locked|is temporarily locked|temporarily locked|locked out|account disabled|account has been disabled|account suspended|account has been suspended|account is suspended|been blocked|account is inactive", es: "cuenta bloqueada|cuenta ha sido bloqueada|cuenta esta bloqueada|bloqueada temporalmente|cuenta suspendida|cuenta inactiva", de: "konto gesperrt|konto ist gesperrt|konto wurde gesperrt|vorubergehend gesperrt|zugang gesperrt|konto deaktiviert", fr: "compte verrouille|compte bloque|compte est bloque|compte a ete bloque|compte est verrouille|temporairement bloque|compte suspendu|compte desactive", pt: "conta bloqueada|conta foi bloqueada|conta esta bloqueada|conta suspensa|temporariamente bloqueada", it: "account bloccato|account e bloccato|account e stato bloccato|temporaneamente bloccato|account sospeso", ja: "ロックされ|アカウントがロック|一時停止|凍結", nl: "account is geblokkeerd|account geblokkeerd|vergrendeld", pl: "konto zablokowane|konto zostalo zablokowane", ru: "аккаунт заблокирован|учетная запись заблокирована|заблокирован", zh: "账户已锁定|帐户已锁定|已被锁定|账号已被", ko: "계정이 잠|잠겼",
});

export const rateLimited = matcher({
  en: "too many|rate limit|rate limited|slow down|try again later|attempts exceeded|wait a few|try again in", es: "demasiados|demasiadas|intentalo mas tarde|intentelo mas tarde|vuelve a intentarlo mas tarde|espera unos|intentar mas tarde", de: "zu viele|zu oft|spater erneut|spater noch einmal", fr: "trop de|reessayez plus tard|reessayer plus tard", pt: "muitas tentativas|demasiadas tentativas|tente novamente mais tarde|tente mais tarde", it: "troppi|troppe|riprova piu tardi", ja: "回数が多|試行回数|しばらくして|しばらく待|時間をおいて|多すぎ", nl: "te veel|te vaak|probeer het later", pl: "zbyt wiele|zbyt duzo|sprobuj pozniej", ru: "слишком много|попробуйте позже|повторите попытку позже", zh: "次数过多|过于频繁|稍后再试", ko: "너무 많|잠시 후|횟수",
  ar: "محاولات كثيرة|حاول لاحقا|عدد كبير من المحاولات",
});

export const human = matcher({
  en: "not a robot|captcha|human verification|verify you are human|are you human|you re human|prove you|security check|checking your browser|puzzle|i m human|security challenge", es: "no soy un robot|verifica que eres humano|eres humano", de: "kein roboter|bin ein mensch|sie ein mensch|sicherheitsprufung", fr: "pas un robot|etes humain|etes un humain", pt: "nao sou um robo|e humano", it: "non sono un robot|sei umano", ja: "ロボットではありません|人間であること|画像認証", zh: "不是机器人|人机验证|人類", ko: "로봇이 아닙니다",
});

export const sent = matcher({
  en: "we sent|we ve sent|we have sent|we just sent|we emailed|we e mailed|we ve emailed|has been sent|was sent|have been sent|been emailed|sent to|sent you|check your email|check your inbox|check your phone|check your e mail|we texted", es: "hemos enviado|te enviamos|le enviamos|se ha enviado|enviado a|revisa tu correo|consulta tu correo|te hemos enviado|enviamos", de: "haben wir|haben dir|haben ihnen|wurde gesendet|wurde an|gesendet an|geschickt|prufe deine e mails|zugesandt|gesendet", fr: "avons envoye|a ete envoye|envoye a|consultez votre boite|verifiez votre boite|vous avons envoye", pt: "enviamos|foi enviado|enviado para|verifique seu e mail|verifique o seu e mail", it: "abbiamo inviato|e stato inviato|inviato a|controlla la tua|ti abbiamo inviato", ja: "送信しました|お送りしました|送信され|届いた", nl: "hebben we|is verzonden|verstuurd|gestuurd naar", pl: "wyslalismy|zostal wyslany", ru: "отправили|отправлен|выслали", zh: "已发送|发送至|已傳送", ko: "보냈습니다|전송했습니다|발송",
  ar: "ارسلنا|تم ارسال|لقد ارسلنا",
});

export const medium = matcher({
  en: "email|e mail|inbox|text message|sms|phone|mobile|whatsapp|text", es: "correo|sms|mensaje|telefono|movil|celular", de: "e mail|mail|sms|handy|telefon|nachricht", fr: "e mail|email|courriel|sms|telephone|mobile|message", pt: "e mail|email|sms|celular|telefone|mensagem|telemovel", it: "e mail|email|sms|telefono|cellulare|messaggio", ja: "メール|sms|電話|携帯|メッセージ", zh: "邮箱|邮件|短信|手机", ko: "이메일|메일|문자|휴대폰", ru: "почту|смс|телефон|sms", nl: "mail|sms|telefoon", pl: "mail|sms|telefon",
  ar: "البريد|بريدك|رسالة|هاتف",
});

export const done = matcher({
  en: "success|successful|successfully|saved|updated|added|created|enabled|registered|completed|you re all set|all set|signed in as|has been", es: "correctamente|con exito|exito|guardado|anadid*|agregad*|cread*|activad*|actualizad*|listo|registrad*|iniciado sesion|has iniciado|ha iniciado", de: "erfolgreich|gespeichert|hinzugefugt|erstellt|aktiviert|aktualisiert|registriert|eingeloggt", fr: "succes|enregistre|ajoute|ajoutee|cree|creee|active|mise a jour|reussi", pt: "sucesso|salvo|adicionad*|criad*|ativad*|atualizad*", it: "successo|salvat*|aggiunt*|creat*|attivat*|aggiornat*|registrat*", ja: "完了|成功|しました|保存され|追加され|作成され", nl: "gelukt|opgeslagen|toegevoegd|succesvol", pl: "sukces|zapisano|dodano|pomyslnie", ru: "успешно|сохранен*|добавлен*", zh: "成功|已保存|已添加", ko: "완료|성공|저장되|추가되",
  ar: "تم بنجاح|بنجاح|تمت|اضيف|تم حفظ|تم انشاء",
});

export const missing = matcher({
  en: "404|500|503|not found|page not found|server error|internal server error|bad gateway|service unavailable|something went wrong|forbidden|403", es: "no encontrada|error del servidor|algo salio mal|algo ha ido mal", de: "nicht gefunden|serverfehler|etwas ist schiefgelaufen", fr: "introuvable|erreur du serveur|erreur interne", pt: "nao encontrada|erro do servidor|algo deu errado", it: "non trovata|errore del server|qualcosa e andato storto", ja: "見つかりません|サーバーエラー", zh: "未找到|服务器错误", ko: "찾을 수 없",
});

export const keyName = matcher({
  en: "name|nickname|label|title|display name|key name|description", es: "nombre|etiqueta|alias|apodo", de: "name|bezeichnung|spitzname", fr: "nom|libelle|surnom", pt: "nome|etiqueta|apelido|rotulo", it: "nome|etichetta|soprannome", ja: "名前|名称|ニックネーム|ラベル|表示名", nl: "naam|label", pl: "nazwa", ru: "название|имя", zh: "名称|名稱|昵称", ko: "이름|별명",
  ar: "اسم|الاسم|تسمية",
});

export const show = matcher({
  en: "show|hide|toggle|reveal|clear|generate|copy|resend|re send|send again|send new|new code|another code|send code|get code|listen|eye|view password|language", es: "mostrar|ocultar|ver|reenviar|copiar|generar", de: "anzeigen|verbergen|einblenden|ausblenden|erneut senden|kopieren", fr: "afficher|masquer|renvoyer|copier|voir", pt: "mostrar|ocultar|reenviar|copiar|exibir", it: "mostra|nascondi|invia di nuovo|copia", ja: "表示|非表示|再送|コピー", nl: "tonen|verbergen|toon", pl: "pokaz|ukryj", ru: "показать|скрыть", zh: "显示|隐藏|重新发送|获取", ko: "표시|숨기기|재전송|보기",
});

/** The site could not take it just now; nothing was wrong with what it got. */
export const busy = matcher({
  en: "is busy|very busy|too busy|overloaded|temporarily unavailable|service unavailable|high load|heavy traffic|high traffic|at capacity|503", es: "muy ocupado|esta ocupado|sobrecargad*|temporalmente no disponible|no disponible temporalmente|servicio no disponible|saturad*", de: "uberlastet|ausgelastet|vorubergehend nicht verfugbar|zurzeit nicht verfugbar|derzeit nicht verfugbar|nicht erreichbar", fr: "surcharge|temporairement indisponible|momentanement indisponible|service indisponible|trop de trafic", pt: "muito ocupado|sobrecarregado|temporariamente indisponivel|servico indisponivel", it: "sovraccarico|temporaneamente non disponibile|servizio non disponibile|troppo occupato", ja: "混み合って|混雑|一時的に利用できません|過負荷|アクセスが集中", nl: "overbelast|tijdelijk niet beschikbaar|erg druk", pl: "przeciazon*|tymczasowo niedostepn*", ru: "перегружен*|временно недоступ*", zh: "系统繁忙|服务器繁忙|暂时不可用|服务不可用", ko: "혼잡|과부하|일시적으로 사용할 수", ar: "مشغول|مزدحم|غير متاح مؤقتا|غير متوفر مؤقتا",
});

/** Beside "email": the address was not confirmed yet. */
export const unconfirmed = matcher({
  en: "not confirmed|not verified|not yet confirmed|not yet verified|not been confirmed|not been verified|unconfirmed|unverified|isn t confirmed|isn t verified|hasn t been verified|hasn t been confirmed|confirm your email|verify your email|confirm your e mail|verify your e mail|must be verified|must be confirmed", es: "no esta confirmad*|no esta verificad*|sin confirmar|sin verificar|no ha sido confirmad*|no ha sido verificad*|todavia no esta confirmad*|aun no esta confirmad*|confirma tu correo|verifica tu correo|confirme su correo|verifique su correo", de: "noch nicht bestatigt|nicht bestatigt|noch nicht verifiziert|nicht verifiziert|unbestatigt|bestatigen sie ihre e mail|bestatige deine e mail|bestatigen sie zuerst", fr: "pas confirme*|pas encore confirme*|pas verifie*|pas encore verifie*|non confirme*|non verifie*|confirmez votre adresse|verifiez votre adresse", pt: "nao confirmad*|nao verificad*|nao foi confirmad*|nao foi verificad*|confirme seu e mail|verifique seu e mail", it: "non confermat*|non e confermat*|non ancora confermat*|non verificat*|non e verificat*|conferma il tuo indirizzo|verifica il tuo indirizzo", ja: "確認されていません|未確認|認証されていません|未認証|確認が完了していません|確認してください", nl: "niet bevestigd|nog niet bevestigd|niet geverifieerd|bevestig je e mail", pl: "niepotwierdzon*|nie zostal potwierdzony|niezweryfikowan*", ru: "не подтвержден*|подтвердите адрес|подтвердите почту", zh: "未验证|未确认|尚未验证|尚未确认", ko: "확인되지 않|인증되지 않", ar: "لم يؤكد|غير مؤكد|لم يتم تاكيد|لم يتم التحقق|غير محقق",
});

/** The account as a whole may not be changed. */
export const onHold = matcher({
  en: "account is on hold|account on hold|placed on hold|account is restricted|account has been restricted|account is frozen|account has been frozen|account is under review|account is limited|account has been limited|account is suspended|account has been suspended", es: "cuenta esta en espera|cuenta en espera|cuenta esta restringida|cuenta esta congelada|cuenta esta limitada|cuenta esta en revision|cuenta esta suspendida", de: "konto ist eingeschrankt|konto wurde eingeschrankt|konto ist eingefroren|konto ist vorubergehend gesperrt|konto wird uberpruft|konto ist stillgelegt", fr: "compte est suspendu|compte est restreint|compte est gele|compte est limite|compte est en cours de verification", pt: "conta esta suspensa|conta esta restrita|conta esta em espera|conta esta limitada", it: "account e sospeso|account e limitato|account e bloccato temporaneamente|account e in attesa", ja: "アカウントは一時停止|アカウントは保留|アカウントは制限|アカウントが制限|アカウントが一時停止|利用が制限", nl: "account is beperkt|account is bevroren|account staat on hold", pl: "konto jest wstrzymane|konto jest ograniczone|konto jest zawieszone", ru: "аккаунт ограничен|аккаунт приостановлен|учетная запись приостановлена", zh: "账户已被限制|帐户已被限制|账号已被限制|账户已冻结|帐户已冻结", ko: "계정이 제한|계정이 정지|계정이 보류", ar: "الحساب موقوف|حسابك موقوف|الحساب مقيد|حسابك مقيد|الحساب معلق|حسابك معلق",
});

/** Beside "passkey": there may be none. */
export const forbids = matcher({
  en: "not allowed|not permitted|account no passkeys|allow no passkeys|allows no passkeys|doesn t allow|does not allow|do not allow|don t allow|not available for|disabled by your|blocked by your|does not take|administrator|organisation s policy|organization s policy|policy", es: "no permite|no permiten|no admite|no esta permitid*|no estan permitid*|no disponible para|administrador", de: "nicht erlaubt|nicht zugelassen|nicht gestattet|konto keine passkeys|nicht verfugbar fur|administrator", fr: "pas autorise*|n autorise*|non autorise*|interdit*|pas disponible*|administrateur", pt: "nao permite|nao permitem|nao permitid*|nao disponivel|administrador", it: "non consentit*|non consente|non consentono|non disponibil*|amministratore", ja: "使用できません|利用できません|許可されていません|管理者", nl: "niet toegestaan|beheerder", pl: "niedozwolon*|nie zezwala|administrator", ru: "не разреш*|запрещ*|администратор", zh: "不允许|不可用|管理员", ko: "허용되지 않|사용할 수 없|관리자", ar: "لا تسمح|لا يسمح|غير مسموح|لا يقبل|مسؤول النظام",
});

/** What cookie banners are about. */
export const cookies = matcher({
  en: "cookie*|gdpr", es: "cookie*", fr: "traceurs", ja: "クッキー|cookie", ru: "куки|cookie", zh: "cookie", ko: "쿠키", ar: "ملفات تعريف الارتباط|الكوكيز|كوكيز", pl: "ciasteczk*",
});

/** Takes what must be and no more. */
export const leastConsent = matcher({
  en: "only necessary|necessary only|necessary cookies|only essential|essential only|essential cookies|strictly necessary|only required|required only|reject*|decline*|refuse*|deny|deny all|without accepting|do not accept|don t accept|do not consent|disagree", es: "solo necesarias|solo las necesarias|solo las esenciales|solo esenciales|cookies necesarias|rechaz*|denegar|sin aceptar|no acepto", de: "nur notwendige*|nur erforderliche*|nur essenzielle*|nur essentielle*|nur technisch*|notwendige cookies|ablehnen|ohne zustimmung|ohne einwilligung|ohne zu akzeptieren|nicht zustimmen", fr: "refuser|sans accepter|uniquement necessaires|cookies necessaires|strictement necessaires|je refuse", pt: "apenas necessarios|apenas os necessarios|so os necessarios|somente necessarios|rejeitar|recusar|sem aceitar", it: "solo necessari|solo i necessari|solo i cookie necessari|solo quelli necessari|rifiuta*|senza accettare", ja: "必要なもののみ|必要最小限|必須のみ|必要なcookieのみ|必要な cookie のみ|必要なクッキーのみ|拒否|同意しない", nl: "alleen noodzakelijke|alleen functionele|weiger*|afwijzen", pl: "tylko niezbedne|tylko konieczne|odrzuc*", ru: "только необходимые|отклонить|отказаться", zh: "仅必要|仅接受必要|拒绝|拒絕", ko: "필수만|필수 쿠키만|거부", ar: "الضروريه فقط|الضرورية فقط|الاساسية فقط|رفض",
});

/** Everything at once. */
export const all = matcher({
  en: "all", es: "todo|todas|todos", de: "alle|alles|allen", fr: "tout|toutes|tous", pt: "tudo|todos|todas", it: "tutto|tutti", ja: "すべて|全て", nl: "alle|alles", pl: "wszystkie|wszystko", ru: "все", zh: "全部|所有", ko: "모두|전체", ar: "الكل|الجميع",
});
