//! Signing in, roles, first set-up.

super::messages! {
    role_owner => "Власник", "Owner", "Владелец";
    role_admin => "Адміністратор", "Admin", "Администратор";
    role_head => "Керівник продажів", "Head of sales", "Руководитель продаж";
    role_manager => "Менеджер", "Manager", "Менеджер";
    role_viewer => "Спостерігач", "Viewer", "Наблюдатель";

    sign_in => "Увійти", "Sign in", "Войти";
    sign_in_title => "Вхід до Воронки", "Sign in to Voronka", "Вход в Воронку";
    sign_out => "Вийти", "Sign out", "Выйти";
    sign_out_everywhere => "Вийти на всіх пристроях", "Sign out everywhere", "Выйти на всех устройствах";
    sign_out_everywhere_hint => "Завершить усі сеанси, зокрема цей.", "Ends every session, this one too.", "Завершит все сеансы, включая этот.";
    email => "Електронна пошта", "Email", "Электронная почта";
    password => "Пароль", "Password", "Пароль";
    password_new => "Новий пароль", "New password", "Новый пароль";
    password_current => "Поточний пароль", "Current password", "Текущий пароль";
    password_hint => "Щонайменше 10 знаків. Довга фраза краща за складне слово.", "At least 10 characters. A long phrase beats a tricky word.", "Не меньше 10 знаков. Длинная фраза лучше сложного слова.";
    password_change => "Змінити пароль", "Change password", "Сменить пароль";
    password_changed => "Пароль змінено. Інші сеанси завершено.", "Password changed. Your other sessions have ended.", "Пароль изменён. Другие сеансы завершены.";
    your_name => "Ваше ім'я", "Your name", "Ваше имя";
    sign_in_wrong => "Пошта або пароль не підходять. Перевірте й спробуйте ще раз.", "That email and password do not match. Check them and try again.", "Почта или пароль не подходят. Проверьте и попробуйте ещё раз.";
    too_many_tries => "Забагато спроб. Зачекайте хвилину й спробуйте ще раз.", "Too many tries. Wait a minute and try again.", "Слишком много попыток. Подождите минуту и попробуйте ещё раз.";
    setup_title => "Перший запуск", "First run", "Первый запуск";
    setup_intro => "Створіть власника. Це можна зробити лише раз: далі людей запрошує власник.", "Create the owner. This can be done once only: from then on the owner invites people.", "Создайте владельца. Это можно сделать лишь раз: дальше людей приглашает владелец.";
    setup_business => "Назва магазину", "Name of the shop", "Название магазина";
    setup_currency => "Валюта", "Currency", "Валюта";
    setup_create => "Створити", "Create", "Создать";
    already_set_up => "Власника вже створено. Увійдіть або попросіть запрошення.", "The owner exists already. Sign in or ask for an invitation.", "Владелец уже создан. Войдите или попросите приглашение.";
    invite_title => "Запрошення до команди", "Invitation to the team", "Приглашение в команду";
    invite_intro(name: &str) => "Вітаємо, {name}! Придумайте пароль, щоб увійти.", "Welcome, {name}! Choose a password to sign in.", "Здравствуйте, {name}! Придумайте пароль, чтобы войти.";
    link_spent => "Це посилання вже використане або прострочене. Попросіть нове.", "This link was used or has expired. Ask for a new one.", "Эта ссылка уже использована или просрочена. Попросите новую.";
    enter_title => "Вхід за посиланням", "Sign in by link", "Вход по ссылке";
    enter_intro => "Посилання спрацює один раз.", "The link works once.", "Ссылка сработает один раз.";
    weak_password => "Пароль закороткий: потрібно щонайменше 10 знаків.", "The password is too short: at least 10 characters are needed.", "Пароль слишком короткий: нужно не меньше 10 знаков.";
    wrong_password => "Поточний пароль не підходить.", "The current password does not match.", "Текущий пароль не подходит.";

    one_moment => "Хвилинку…", "One moment…", "Минутку…";
    to_sign_in => "До входу", "To sign-in", "Ко входу";
    sign_in_help => "Забули пароль? Попросіть власника або адміністратора про нове посилання.", "Forgot the password? Ask an owner or an admin for a new link.", "Забыли пароль? Попросите у владельца или администратора новую ссылку.";
    invite_accept => "Зберегти пароль і ввійти", "Save the password and sign in", "Сохранить пароль и войти";
    enter_as(name: &str) => "Увійти як {name}", "Sign in as {name}", "Войти как {name}";
    password_current_hint => "Якщо пароля ще немає, лишіть порожнім.", "If you have no password yet, leave it empty.", "Если пароля ещё нет, оставьте пустым.";
}
