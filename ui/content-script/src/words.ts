// Words that break ties where structure leaves a choice. Each table holds phrases by language: `|` between phrases, `*`
// for the rest of a word; case, accents and punctuation do not matter. No site, product or framework has a place here.

import { matcher } from "./match.ts";

export const signIn = matcher({
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
  vi: "dang nhap|masuk|เข้าสู่ระบบ",
});

export const signUp = matcher({
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
  vi: "dang ky|daftar|สมัครสมาชิก",
});

export const signOut = matcher({
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
});

export const next = matcher({
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
});

export const agree = matcher({
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
});

export const skip = matcher({
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
});

/** Removes, switches off or costs money: never pressed as a step on the way. */
export const harmful = matcher({
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
});

export const passkey = matcher({
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
});

export const add = matcher({
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
});

export const use = matcher({
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
});

export const userName = matcher({
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
  vi: "ten dang nhap|tai khoan|nama pengguna|ชื่อผู้ใช้",
});

export const email = matcher({
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
});

export const telephone = matcher({
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
});

export const password = matcher({
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
  ar: "كلمه المرور|رمز عبور",
  vi: "mat khau|kata sandi|รหัสผ่าน",
});

export const old = matcher({
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
});

export const fresh = matcher({
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
});

export const again = matcher({
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
});
