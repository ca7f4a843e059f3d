<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>till</name>
    <message>
        <source> · {count} 张待打</source>
        <translation> · {count} waiting</translation>
    </message>
    <message>
        <source> · {count} 张待确认</source>
        <translation> · {count} to confirm</translation>
    </message>
    <message>
        <source> · {count} 笔待上传</source>
        <translation> · {count} unsent</translation>
    </message>
    <message>
        <source>18 位</source>
        <translation>18 characters</translation>
    </message>
    <message>
        <source>English</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>{address} 的回答看不懂：可能不是总部的地址，或版本不合。请核对总部地址与程序版本。</source>
        <translation>The answer of {address} makes no sense: it may not be head office, or the versions do not fit. Check the address and the program's version.</translation>
    </message>
    <message>
        <source>{before} × {rate}（{day} 日会员日）= {exact}，取整 {floor}，减去已计 {counted}</source>
        <translation>{before} × {rate} (member day, day {day} of the month) = {exact}, down to {floor}, less {counted} counted</translation>
    </message>
    <message>
        <source>{before} × {rate}（{tier}）= {exact}，取整 {floor}，减去已计 {counted}</source>
        <translation>{before} × {rate} ({tier}) = {exact}, down to {floor}, less {counted} counted</translation>
    </message>
    <message>
        <source>{before} × {rate}（生日月）= {exact}，取整 {floor}，减去已计 {counted}</source>
        <translation>{before} × {rate} (month of birth) = {exact}, down to {floor}, less {counted} counted</translation>
    </message>
    <message>
        <source>{category}不参与折扣，除非优惠点名该商品或类别</source>
        <translation>{category}: discounted only by an offer that names the product or category</translation>
    </message>
    <message>
        <source>{category}依法不得赠送，不能用作「{benefit}」；请换别的商品</source>
        <translation>By law {category} is never given away and cannot be “{benefit}”; choose other goods</translation>
    </message>
    <message>
        <source>{category}售出后非质量原因不退；有质量问题请交药师确认</source>
        <translation>{category} once sold comes back for a quality reason only; have a pharmacist confirm one</translation>
    </message>
    <message>
        <source>{category}的质量问题须经药师确认才能退；请药师确认</source>
        <translation>A quality problem of {category} has to be confirmed by a pharmacist first; ask the pharmacist</translation>
    </message>
    <message>
        <source>{category}须在售出后 {limit} 天内退，这件已过 {days} 天；有疑问请找店长</source>
        <translation>{category} comes back within {limit} days of the sale, and it has been {days}; ask the store manager if in doubt</translation>
    </message>
    <message>
        <source>{code} 是商品「{name}」的条码，不能作会员卡：请扫会员卡</source>
        <translation>{code} is the barcode of “{name}” and cannot be a member card: scan a member card</translation>
    </message>
    <message>
        <source>{conflict}（已核对）</source>
        <translation>{conflict} (checked)</translation>
    </message>
    <message>
        <source>{count} 笔</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{file} 属于另一台收银机，本机不能使用：请恢复本机原来的数据文件夹，或联系总部重新登记本机</source>
        <translation>{file} belongs to another till and cannot be used here: restore this till's own data folder, or ask head office to enrol this till again</translation>
    </message>
    <message>
        <source>{file} 已损坏，无法读取。请停止收银，保留该文件，并联系总部技术支持</source>
        <translation>{file} is damaged and cannot be read. Stop selling, keep the file, and call head office support</translation>
    </message>
    <message>
        <source>{file} 已被移走、删除或替换。本次操作没有保存；请停止收银并退出程序，把原来的文件放回 {folder} 后再启动</source>
        <translation>{file} was moved, deleted or replaced. This was not saved; stop selling, leave the program, put the original file back into {folder} and start again</translation>
    </message>
    <message>
        <source>{file} 是由更新版本的程序写入的，本程序无法打开：请把程序更新到最新版本。文件没有任何改动</source>
        <translation>{file} was written by a newer version and cannot be opened: update the program. The file has not been changed</translation>
    </message>
    <message>
        <source>{file} 正被其他程序占用。本次操作没有保存；请关闭占用它的程序后再试</source>
        <translation>{file} is in use by another program. Nothing was saved; close that program and try again</translation>
    </message>
    <message>
        <source>{folder} 里有别的终端的销售记录：请从备份恢复 {identity}，或用新的数据文件夹注册，并把旧的交给总部</source>
        <translation>{folder} holds the sales of another terminal: restore {identity} from a backup, or enrol with a new data folder and hand the old one to head office</translation>
    </message>
    <message>
        <source>{folder} 里没有总部的数据：请核对 --data，或先用它启动一次 head-office serve</source>
        <translation>There is no head office in {folder}: check --data, or start it there once with head-office serve</translation>
    </message>
    <message>
        <source>{folder} 里没有终端身份文件 {identity}，不能恢复：备份里不含身份，请先把本机原来的身份文件放回</source>
        <translation>There is no terminal identity {identity} in {folder}, so nothing can be restored: a backup holds no identity; put this till's own identity file back first</translation>
    </message>
    <message>
        <source>{goods} 都含{ingredient}，属重复用药</source>
        <translation>{goods} each contain {ingredient}: duplicate medication</translation>
    </message>
    <message>
        <source>{goods} 都含{ingredient}，属重复用药：请与顾客核对并逐项确认后再收款</source>
        <translation>{goods} each contain {ingredient}, a duplicate medication: check with the customer and confirm each conflict, then take payment</translation>
    </message>
    <message>
        <source>{goods}不是「{reward}」这一类的商品；请扫「{reward}」的商品，或换别的礼品</source>
        <translation>{goods} is not among the goods of “{reward}”; scan goods of “{reward}”, or choose another reward</translation>
    </message>
    <message>
        <source>{goods}含麻黄碱，须登记购买人，不能兑换也不能赠送；请换别的商品</source>
        <translation>{goods} contains ephedrine and its buyer is registered, so it cannot be redeemed or given away; choose other goods</translation>
    </message>
    <message>
        <source>{kinds} 种 {pieces} 件</source>
        <translation>Lines {kinds} · items {pieces}</translation>
    </message>
    <message>
        <source>{lines} 种</source>
        <translation>Lines {lines}</translation>
    </message>
    <message>
        <source>{moment} 挂单 · {lines} 种</source>
        <translation>Parked {moment} · lines {lines}</translation>
    </message>
    <message>
        <source>{name} 不是药师，不能登记在岗</source>
        <translation>{name} is no pharmacist and cannot come on duty</translation>
    </message>
    <message>
        <source>{name} 已不在本店的员工名单上：请换人登录</source>
        <translation>{name} is no longer on this store's staff list: have someone else sign in</translation>
    </message>
    <message>
        <source>{name} 已停售，仍按 {price} 留在单上：请核对后再收款</source>
        <translation>{name} has been withdrawn and stays in the sale at {price}: check it, then take payment</translation>
    </message>
    <message>
        <source>{name} 按{unit}整售，只能整{unit}退：请改退货数量</source>
        <translation>{name} is sold by the whole {unit} and comes back by the whole {unit}: change the quantity to return</translation>
    </message>
    <message>
        <source>{name} 按{unit}整售，数量须是整数</source>
        <translation>{name} is sold by the whole {unit}: the quantity must be a whole number</translation>
    </message>
    <message>
        <source>{name} 是{category}，不能白送，本单上却减到了 0；请改价、增加数量，或不抹零</source>
        <translation>{name} is {category} and cannot be given away, but this sale brings it down to 0; change the price, raise the quantity, or leave out the rounding</translation>
    </message>
    <message>
        <source>{name} 是{category}，单价不能低于 {least}；请重新输入</source>
        <translation>{name} is {category}: its unit price cannot be below {least}; enter it again</translation>
    </message>
    <message>
        <source>{name} 没有在本机上岗，不能审核处方；请先在本机上岗</source>
        <translation>{name} is not on duty at this till and cannot approve prescriptions; come on duty here first</translation>
    </message>
    <message>
        <source>{name} 现按整件销售，{quantity} 仍按原样留在单上：请核对后再收款</source>
        <translation>{name} is now sold in whole packs only and {quantity} stays in the sale as it was: check it, then take payment</translation>
    </message>
    <message>
        <source>{name} 的单价 {price} 过高，最多 {most}；请核对后重新输入</source>
        <translation>The unit price {price} of {name} is too high, at most {most}; check it and enter it again</translation>
    </message>
    <message>
        <source>{name} 的处方 {number} 尚未经药师审核；请药师审核后再卖</source>
        <translation>Prescription {number} for {name} is not approved yet; have a pharmacist approve it first</translation>
    </message>
    <message>
        <source>{name} 的处方登记不全，须有处方号、开具机构和日期；请补全后再审核</source>
        <translation>The prescription for {name} is incomplete: number, institution and date are needed; complete it first</translation>
    </message>
    <message>
        <source>{name} 的退货数量「{text}」不对：请输入大于 0 的数字，至多 {left}</source>
        <translation>“{text}” is no quantity of {name} to return: type a number above 0, at most {left}</translation>
    </message>
    <message>
        <source>{name} 的退货数量须大于 0：请改退货数量</source>
        <translation>The quantity of {name} to return must be above 0: change it</translation>
    </message>
    <message>
        <source>{name} 离岗</source>
        <translation>{name} goes off duty</translation>
    </message>
    <message>
        <source>{name} 须凭处方销售；请先登记处方，再由药师审核</source>
        <translation>{name} is sold against a prescription only; register it, then have a pharmacist approve it</translation>
    </message>
    <message>
        <source>{name}只换给{tier}及以上会员，该会员是{held}；请换别的</source>
        <translation>{name} is for {tier} and above, this member is {held}; choose something else</translation>
    </message>
    <message>
        <source>{name}属于{category}，依法不得赠送，不能用积分换；请换别的</source>
        <translation>{name} is {category}, which by law is never given away and not for points; choose something else</translation>
    </message>
    <message>
        <source>{name}扣 {points} 分</source>
        <translation>{name}: {points} points taken</translation>
    </message>
    <message>
        <source>{name}本店已换完；请换别的，或到货后再来</source>
        <translation>This store has no {name} left; choose something else, or come back when it is in</translation>
    </message>
    <message>
        <source>{name}没有「{right}」的权限：请由{roles}输入密码授权，或由其登录后办理</source>
        <translation>{name} has no permission for “{right}”: have it authorised by PIN, or done after signing in, by {roles}</translation>
    </message>
    <message>
        <source>{name}用免费权益「{benefit}」，不扣积分</source>
        <translation>{name}: free by “{benefit}”, no points taken</translation>
    </message>
    <message>
        <source>{name}用免费权益「{benefit}」，不扣积分，用后还剩 {left} 次</source>
        <translation>{name}: free by “{benefit}”, no points taken, {left} left after this</translation>
    </message>
    <message>
        <source>{name}要 {points} 分，可用积分只有 {available} 分；请换别的，或攒够再换</source>
        <translation>{name} takes {points} points, only {available} are available; choose something else, or save up</translation>
    </message>
    <message>
        <source>{name}，请输入密码</source>
        <translation>{name}, enter your PIN</translation>
    </message>
    <message>
        <source>{offer}：{gross_fen} × {rate} {equals} {net_fen}{others}</source>
        <translation>{offer}: {gross_fen} × {rate} {equals} {net_fen}{others}</translation>
    </message>
    <message>
        <source>{offer}：{price_fen} × {quantity} {equals} {net_fen}{others}</source>
        <translation>{offer}: {price_fen} × {quantity} {equals} {net_fen}{others}</translation>
    </message>
    <message>
        <source>{offer}：买 {n} 赠 {m}，{quantity} 件付 {paid} 件，{unit_price_fen} × {paid} = {net_fen}{others}</source>
        <translation>{offer}: buy {n} get {m}, {paid} of {quantity} paid, {unit_price_fen} × {paid} = {net_fen}{others}</translation>
    </message>
    <message>
        <source>{offer}：适用商品原价合计 {eligible_fen}，满 {threshold_fen} 减 {off_fen}，可减 {base_fen}</source>
        <translation>{offer}: eligible goods at full price {eligible_fen}; {off_fen} off from {threshold_fen}, {base_fen} at most</translation>
    </message>
    <message>
        <source>{on} 到期的 {points} 分</source>
        <translation>{points} points expiring {on}</translation>
    </message>
    <message>
        <source>{path} 不是收银机的数据文件，或者已损坏：请检查路径</source>
        <translation>{path} is no data file of a till, or is damaged: check the path</translation>
    </message>
    <message>
        <source>{path} 已经存在，没有覆盖：请换一个文件名</source>
        <translation>{path} is there already and was not overwritten: choose another file name</translation>
    </message>
    <message>
        <source>{path} 是由旧版本的程序写入的：请先启动一次收银终端，再检查</source>
        <translation>{path} was written by an older version: start the till once, then check it</translation>
    </message>
    <message>
        <source>{points} 分</source>
        <translation>{points} pts</translation>
    </message>
    <message>
        <source>{points} 分 = {amount}</source>
        <translation>{points} pts = {amount}</translation>
    </message>
    <message>
        <source>{points} 分 {by} 起到期</source>
        <translation>{points} pts expire from {by}</translation>
    </message>
    <message>
        <source>{points} 分 {by} 起到期，可抵 {worth}</source>
        <translation>{points} pts expire from {by}, worth {worth}</translation>
    </message>
    <message>
        <source>{points} 分抵 {worth_fen}，不超过 {base_fen} 的 {share}；用掉 {lots}</source>
        <translation>{points} points pay {worth_fen}, at most {share} of {base_fen}; used {lots}</translation>
    </message>
    <message>
        <source>{tender}只能收一笔：请把金额合在一起，或换一种支付方式</source>
        <translation>{tender} can be taken once only: put the amounts together, or take another way of payment</translation>
    </message>
    <message>
        <source>{tender}的金额不能小于 0：请重新输入</source>
        <translation>The amount of {tender} cannot be below 0: enter it again</translation>
    </message>
    <message>
        <source>{tenths}折</source>
        <translation>−{off}%</translation>
    </message>
    <message>
        <source>{terms} = {exact}，取整 {floor}</source>
        <translation>{terms} = {exact}, down to {floor}</translation>
    </message>
    <message>
        <source>{time} 排队</source>
        <translation>Queued {time}</translation>
    </message>
    <message>
        <source>{title} 已交打印机补打</source>
        <translation>{title} was sent to the printer again</translation>
    </message>
    <message>
        <source>{title} 是否已经打出？请看一眼打印机。</source>
        <translation>Did {title} come out? Please look at the printer.</translation>
    </message>
    <message>
        <source>{title}（补打）</source>
        <translation>{title} (reprint)</translation>
    </message>
    <message>
        <source>{unit_price_fen} × {quantity} {equals} {gross_fen}</source>
        <translation>{unit_price_fen} × {quantity} {equals} {gross_fen}</translation>
    </message>
    <message>
        <source>{unit_price_fen} × {quantity} {equals} {gross_fen}（合并 {quantities}）</source>
        <translation>{unit_price_fen} × {quantity} {equals} {gross_fen} (merged {quantities})</translation>
    </message>
    <message>
        <source>{used} / {greatest} 分 = {amount}</source>
        <translation>{used} / {greatest} points = {amount}</translation>
    </message>
    <message>
        <source>{what} 的单据与上传记录不同</source>
        <translation>{what}: the record and what was sent of it differ</translation>
    </message>
    <message>
        <source>{year} 年生日月的第一笔消费，每年一次</source>
        <translation>First sale in the month of birth of {year}, once a year</translation>
    </message>
    <message>
        <source>“{text}” 有 {count} 个可能</source>
        <translation>“{text}” may mean {count} things</translation>
    </message>
    <message>
        <source>↑ ↓ 选行</source>
        <translation>↑ ↓ pick a line</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>「{benefit}」不含{category}；请换合适的商品</source>
        <translation>“{benefit}” does not cover {category}; choose goods that fit</translation>
    </message>
    <message>
        <source>「{benefit}」从{tier}起享有，该会员是{held}；请换别的权益</source>
        <translation>“{benefit}” begins with {tier}, this member is {held}; choose another benefit</translation>
    </message>
    <message>
        <source>「{benefit}」只在生日当月，该会员没有登记生日；请先登记生日</source>
        <translation>“{benefit}” is for the month of birth, and no birthday is registered; register it first</translation>
    </message>
    <message>
        <source>「{benefit}」只在生日当月，该会员的生日在 {month} 月；请届时再来</source>
        <translation>“{benefit}” is for the month of birth, which is month {month} for this member; come back then</translation>
    </message>
    <message>
        <source>「{benefit}」的 {times} 次已用完；{again} 起可再享</source>
        <translation>All {times} of “{benefit}” are used up; again from {again}</translation>
    </message>
    <message>
        <source>一单最多 {most} 种商品：请先收款，再开新的一单</source>
        <translation>A sale holds at most {most} different goods: take payment, then start another sale</translation>
    </message>
    <message>
        <source>一次至多调整 {most} 分，输入的是 {points} 分；请核对后重填</source>
        <translation>At most {most} points are adjusted at a time, and {points} were entered; check and enter them again</translation>
    </message>
    <message>
        <source>一行最多 {most}：请核对数量</source>
        <translation>A line holds at most {most}: check the quantity</translation>
    </message>
    <message>
        <source>上传的内容不合格式。</source>
        <translation>What was sent up is not in the right form.</translation>
    </message>
    <message>
        <source>上次与总部核对时，总部时间 {office}，本机却是 {till}，快了一天以上：请校准系统时间，连上总部后再办理</source>
        <translation>When last compared, head office had {office} and this till {till}, over a day ahead: set the system time, connect to head office, then do it again</translation>
    </message>
    <message>
        <source>下一次扫码即开始新的一单。</source>
        <translation>The next scan starts a new sale.</translation>
    </message>
    <message>
        <source>不能在 {host}:{port} 上提供服务：{reason}。请换一个地址或端口。</source>
        <translation>Cannot serve at {host}:{port}: {reason}. Choose another address or port.</translation>
    </message>
    <message>
        <source>与总部保持同步。销售记录随收随传，商品与会员资料自动更新。</source>
        <translation>In step with head office. Sales are sent as they are made; goods and members are updated by themselves.</translation>
    </message>
    <message>
        <source>业务日 {date}</source>
        <translation>Day {date}</translation>
    </message>
    <message>
        <source>中药饮片</source>
        <translation>Herbal</translation>
    </message>
    <message>
        <source>为何这个价</source>
        <translation>Why this price</translation>
    </message>
    <message>
        <source>为何这个价、这些分</source>
        <translation>Why this price, these points</translation>
    </message>
    <message>
        <source>为防多机重复抵扣，本机今日对该会员最多还可抵 {points} 分，每 {step} 分一档。</source>
        <translation>So that no two tills take the same points, this till may take {points} more from this member today, in steps of {step}.</translation>
    </message>
    <message>
        <source>乙类非处方药</source>
        <translation>OTC class B</translation>
    </message>
    <message>
        <source>交班</source>
        <translation>Close shift</translation>
    </message>
    <message>
        <source>从总部取来的数据不完整，稍后重新下载；销售照常</source>
        <translation>What came from head office is incomplete and will be downloaded again; selling goes on</translation>
    </message>
    <message>
        <source>从总部取来的数据不完整，稍后重新下载；销售照常。</source>
        <translation>What came from head office is incomplete and will be downloaded again; selling goes on.</translation>
    </message>
    <message>
        <source>以可用积分为限，每 {step} 分一档。</source>
        <translation>Up to the points available, in steps of {step}.</translation>
    </message>
    <message>
        <source>优惠</source>
        <translation>Offer</translation>
    </message>
    <message>
        <source>优惠 {offer} 不能发布：正文读不出来，或编号与正文不符、与规则集自带的优惠相同。请改正后再发布。</source>
        <translation>Offer {offer} cannot be published: its text cannot be read, or its id differs from its text or is that of a ruleset's own offer. Correct it, then publish it again.</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>会</source>
        <translation>M</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>会员 {name} 已被冻结，不能积分也不能抵现：可不用会员继续收款，解冻请联系店长</source>
        <translation>Member {name} is frozen and can neither earn nor spend points: go on without a member; ask the store manager to unfreeze</translation>
    </message>
    <message>
        <source>会员入会</source>
        <translation>Enrol member</translation>
    </message>
    <message>
        <source>会员可先扫、后扫，也可输入手机号或后四位</source>
        <translation>Scan the member before or after the goods, or type the phone number or its last four digits</translation>
    </message>
    <message>
        <source>会员对{ingredient}过敏，{goods} 含有它</source>
        <translation>The member has an allergy to {ingredient}, which {goods} contains</translation>
    </message>
    <message>
        <source>会员对{ingredient}过敏，{goods} 含有它：请与顾客核对并逐项确认后再收款</source>
        <translation>The member has an allergy to {ingredient}, which {goods} contains: check with the customer and confirm each conflict, then take payment</translation>
    </message>
    <message>
        <source>会员日加成</source>
        <translation>Member day bonus</translation>
    </message>
    <message>
        <source>会员资料或规则刚有更新，应收由 {before} 变为 {after}：请与顾客核对后再收款</source>
        <translation>The member's data or the rules have just changed: due is now {after} instead of {before}. Check with the customer, then take payment</translation>
    </message>
    <message>
        <source>余额 {points} 分</source>
        <translation>Balance {points} points</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>作废整单</source>
        <translation>Void basket</translation>
    </message>
    <message>
        <source>作废整单（{count}）？作废后不能恢复。</source>
        <translation>Void the whole basket ({count})? This cannot be undone.</translation>
    </message>
    <message>
        <source>保健品</source>
        <translation>Supplement</translation>
    </message>
    <message>
        <source>保留</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>修改会员资料</source>
        <translation>Edit member</translation>
    </message>
    <message>
        <source>值 {amount}</source>
        <translation>worth {amount}</translation>
    </message>
    <message>
        <source>先扫商品</source>
        <translation>Scan goods first</translation>
    </message>
    <message>
        <source>先扫商品，再用积分。</source>
        <translation>Scan goods first, then use points.</translation>
    </message>
    <message>
        <source>先按数字键或点选姓名</source>
        <translation>Pick your name first, by its digit or a touch</translation>
    </message>
    <message>
        <source>先收款、挂单或作废当前这单</source>
        <translation>Pay, park or void this sale first</translation>
    </message>
    <message>
        <source>免费权益「{benefit}」已用完，{again} 起可再享；{name}要 {points} 分，可用积分只有 {available} 分</source>
        <translation>“{benefit}” is used up, free again from {again}; {name} takes {points} points, only {available} are available</translation>
    </message>
    <message>
        <source>免费权益「{benefit}」已用完，{name}扣 {points} 分</source>
        <translation>“{benefit}” is used up; {name}: {points} points taken</translation>
    </message>
    <message>
        <source>入会 {month}</source>
        <translation>since {month}</translation>
    </message>
    <message>
        <source>全用 / 不用</source>
        <translation>All / none</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>内容太长，最多 {most} 个字，现有 {length} 个：请缩短后再办理</source>
        <translation>The text is too long, {length} characters of at most {most}: shorten it, then do it again</translation>
    </message>
    <message>
        <source>再到店 {visits} 天升{tier}（{discount}）</source>
        <translation>{visits} more visiting days to {tier} ({discount})</translation>
    </message>
    <message>
        <source>再消费 {amount} 升{tier}</source>
        <translation>{amount} more to {tier}</translation>
    </message>
    <message>
        <source>再消费 {missing} 升{tier}（{discount}）</source>
        <translation>{missing} more to {tier} ({discount})</translation>
    </message>
    <message>
        <source>再消费 {missing}、到店 {visits} 天升{tier}（{discount}）</source>
        <translation>{missing} more on {visits} more days to {tier} ({discount})</translation>
    </message>
    <message>
        <source>写不了标准输出：{reason}。请检查重定向、管道和磁盘</source>
        <translation>Cannot write to standard output: {reason}. Check the redirection, the pipe and the disk</translation>
    </message>
    <message>
        <source>减少数量</source>
        <translation>Reduce quantity</translation>
    </message>
    <message>
        <source>分</source>
        <translation>pts</translation>
    </message>
    <message>
        <source>分摊：{total_fen} × {weight_fen} ÷ {base_fen}，零头按最大余数分配</source>
        <translation>Share: {total_fen} × {weight_fen} ÷ {base_fen}, odd fen by largest remainder</translation>
    </message>
    <message>
        <source>删除商品行</source>
        <translation>Delete line</translation>
    </message>
    <message>
        <source>删除行</source>
        <translation>Delete line</translation>
    </message>
    <message>
        <source>到岗</source>
        <translation>Come on duty</translation>
    </message>
    <message>
        <source>券</source>
        <translation>C</translation>
    </message>
    <message>
        <source>券 {coupon} 不适用于本店、今天或这位顾客。请不用券收款</source>
        <translation>Coupon {coupon} is not for this store, today or this customer. Take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 从 {day} 起才能用：请到时再用，或不用券收款</source>
        <translation>Coupon {coupon} is good from {day} on: use it then, or take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 减 {amount}</source>
        <translation>Coupon {coupon} takes {amount} off</translation>
    </message>
    <message>
        <source>券 {coupon} 在本单上减不了钱：适用商品已减到底。请不用券收款</source>
        <translation>Coupon {coupon} would take nothing off: its goods are reduced as far as they may be. Take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 属于另一位会员，不能用在本单上：请核对会员，或不用券收款</source>
        <translation>Coupon {coupon} belongs to another member and cannot be used in this sale: check the member, or take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 已于 {day} 到期，不能再用：请不用券收款</source>
        <translation>Coupon {coupon} expired on {day} and cannot be used: take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 已经用过，不能再用：请不用券收款</source>
        <translation>Coupon {coupon} has been used and cannot be used again: take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 是会员专用的：请先扫会员卡，或不用券收款</source>
        <translation>Coupon {coupon} is for members only: scan a member card first, or take payment without it</translation>
    </message>
    <message>
        <source>券 {coupon} 要适用商品满 {threshold} 才能用，本单适用的只有 {gross}，还差 {missing}。请加购，或不用券收款</source>
        <translation>Coupon {coupon} needs {threshold} of eligible goods; this sale has {gross}, {missing} short. Add goods, or take payment without it</translation>
    </message>
    <message>
        <source>券 {offer}：适用商品原价合计 {eligible_fen}，满 {threshold_fen} 减 {off_fen}，可减 {base_fen}</source>
        <translation>Coupon {offer}: eligible goods at full price {eligible_fen}; {off_fen} off from {threshold_fen}, {base_fen} at most</translation>
    </message>
    <message>
        <source>券码</source>
        <translation>Coupon code</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>See to it</translation>
    </message>
    <message>
        <source>加分</source>
        <translation>Add bonus points</translation>
    </message>
    <message>
        <source>医保</source>
        <translation>Insurance</translation>
    </message>
    <message>
        <source>医保支付 {total_fen}，这部分不积分</source>
        <translation>The insurance pays {total_fen}, which earns no points</translation>
    </message>
    <message>
        <source>医保最多支付 {most}（可用医保的商品净额），{insured} 超出。请减少医保金额，其余用别的方式收</source>
        <translation>The insurance pays at most {most} (the insurable goods); {insured} is too much. Lower it and take the rest another way</translation>
    </message>
    <message>
        <source>医师</source>
        <translation>Prescriber</translation>
    </message>
    <message>
        <source>医疗器械</source>
        <translation>Medical device</translation>
    </message>
    <message>
        <source>升</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>升级奖励</source>
        <translation>Upgrade bonus</translation>
    </message>
    <message>
        <source>单价</source>
        <translation>Unit price</translation>
    </message>
    <message>
        <source>单号 {receipt} 不是本机的销售，须连上总部才能退货：请核对单号，或等网络恢复后再试</source>
        <translation>Sale {receipt} is not of this till, so head office is needed for the return: check the number, or try again once the network is back</translation>
    </message>
    <message>
        <source>卡 {card}</source>
        <translation>Card {card}</translation>
    </message>
    <message>
        <source>卡 {card} 不是会员 {name} 的：请核对卡号；不知道旧卡号时可留空，名下各卡一并作废</source>
        <translation>Card {card} is not member {name}'s: check the number; left empty if unknown, all the member's cards become void</translation>
    </message>
    <message>
        <source>卡 {card} 已挂失，不能使用：可用手机号查会员，或不用会员继续收款</source>
        <translation>Card {card} is reported lost and cannot be used: find the member by phone, or go on without a member</translation>
    </message>
    <message>
        <source>卡 {card} 已换新卡：请用新卡，或用手机号查会员</source>
        <translation>Card {card} has been replaced: use the new card, or find the member by phone</translation>
    </message>
    <message>
        <source>卡 {card} 已登记在会员 {name} 名下：如是同一人，请直接用这位会员；否则请换一张卡</source>
        <translation>Card {card} is registered to member {name}: if this is the same person, go on with that member; if not, take another card</translation>
    </message>
    <message>
        <source>卡号应为 6 至 32 位字母、数字或横线，且不是手机号；请重新扫卡或核对后输入</source>
        <translation>A card number has 6 to 32 letters, digits or hyphens and is no phone number; scan the card again, or check the number and enter it</translation>
    </message>
    <message>
        <source>原价</source>
        <translation>List price</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>取下</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>取单</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>取哪一单？共 {count} 单</source>
        <translation>Recall which sale? {count} parked</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>取消会员</source>
        <translation>Drop member</translation>
    </message>
    <message>
        <source>另有 {count} 项待办</source>
        <translation>{count} more to do</translation>
    </message>
    <message>
        <source>只为这一次操作授权，会记入审计。按 Esc 取消，什么都不变。</source>
        <translation>This is authorised once only, and kept for the audit. Esc cancels and nothing changes.</translation>
    </message>
    <message>
        <source>可抵</source>
        <translation>Redeemable</translation>
    </message>
    <message>
        <source>可抵（{limit}）</source>
        <translation>Redeemable ({limit})</translation>
    </message>
    <message>
        <source>可用余额</source>
        <translation>balance</translation>
    </message>
    <message>
        <source>可用积分只有 {available} 分，不够抵 {points} 分。请减少抵现积分</source>
        <translation>Only {available} points are available, not {points}. Use fewer points</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>含麻黄碱的药一次至多 {limit} 个最小包装，本单有 {packs} 个；请减到 {limit} 个</source>
        <translation>At most {limit} minimum packs with ephedrine a sale, this one has {packs}; reduce it to {limit}</translation>
    </message>
    <message>
        <source>含麻黄碱的药须登记购买人的姓名和身份证号；请登记后再卖</source>
        <translation>For medicines with ephedrine the buyer's name and ID number are registered; register them first</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>商品合计</source>
        <translation>Goods</translation>
    </message>
    <message>
        <source>回到收银</source>
        <translation>Back to the counter</translation>
    </message>
    <message>
        <source>图片 {path} 写不进去：请检查磁盘空间与权限</source>
        <translation>The picture {path} cannot be written: check disk space and permissions</translation>
    </message>
    <message>
        <source>在岗药师 {name}</source>
        <translation>Pharmacist {name}</translation>
    </message>
    <message>
        <source>地址不可用</source>
        <translation>address not available</translation>
    </message>
    <message>
        <source>地址最多 {most} 个字，不能有特殊符号；请缩短后重新输入</source>
        <translation>An address has at most {most} characters and no special signs; shorten it and enter it again</translation>
    </message>
    <message>
        <source>处方</source>
        <translation>Rx</translation>
    </message>
    <message>
        <source>处方 {number} 已用于一笔销售，不能再审核；请登记新的处方</source>
        <translation>Prescription {number} was used in a sale and cannot be reviewed again; register a new prescription</translation>
    </message>
    <message>
        <source>处方 {number} 已用于另一笔销售，{name} 须另有处方；请登记新的处方，或删除这一行</source>
        <translation>Prescription {number} was used in another sale and {name} needs its own; register a new prescription, or delete the line</translation>
    </message>
    <message>
        <source>处方 {number} 已经审核过，不能再审核；要更改请登记新的处方</source>
        <translation>Prescription {number} has been reviewed and cannot be reviewed again; to change it, register a new prescription</translation>
    </message>
    <message>
        <source>处方 {number} 已被药师驳回，{name} 不能卖；请登记新的处方，或删除这一行</source>
        <translation>Prescription {number} was rejected by the pharmacist and {name} cannot be sold; register a new prescription, or delete the line</translation>
    </message>
    <message>
        <source>处方号</source>
        <translation>Prescription no.</translation>
    </message>
    <message>
        <source>处方日期</source>
        <translation>Prescription date</translation>
    </message>
    <message>
        <source>处方日期 {day} 还没有到：请核对处方上的日期</source>
        <translation>The prescription date {day} is still to come: check the date on the prescription</translation>
    </message>
    <message>
        <source>处方日期不对：请按年月日输入，如 20260521，或只输月日 0521</source>
        <translation>The prescription date is wrong: type year, month and day, as in 20260521, or only month and day, 0521</translation>
    </message>
    <message>
        <source>处方登记不全，须有处方号、开具机构、医师、患者和药品；请补全后再登记</source>
        <translation>The prescription is incomplete: number, institution, prescriber, patient and medicines are needed; complete it, then register it</translation>
    </message>
    <message>
        <source>处方药</source>
        <translation>Prescription</translation>
    </message>
    <message>
        <source>备份 {file} 属于另一台收银机，没有恢复：请使用本机自己的备份</source>
        <translation>Backup {file} belongs to another till and was not restored: use this till's own backup</translation>
    </message>
    <message>
        <source>备份 {file} 没有通过检查，没有恢复：{why}。请换一个备份</source>
        <translation>Backup {file} did not pass the check and was not restored: {why}. Take another backup</translation>
    </message>
    <message>
        <source>备份没有通过检查，已丢弃：{why}。请先运行 main.py check 检查本机数据</source>
        <translation>The backup did not pass the check and was thrown away: {why}. Check this till's data first with main.py check</translation>
    </message>
    <message>
        <source>备用金 {amount} 不对：不能小于 0，请重新清点</source>
        <translation>The float {amount} is wrong: it cannot be below 0; count it again</translation>
    </message>
    <message>
        <source>多用 {step} 分</source>
        <translation>{step} points more</translation>
    </message>
    <message>
        <source>如 0521</source>
        <translation>e.g. 0521</translation>
    </message>
    <message>
        <source>如此状态自</source>
        <translation>In this state since</translation>
    </message>
    <message>
        <source>姓名应为 1 至 {most} 个字，不能只有符号；请核对后重新输入</source>
        <translation>A name has 1 to {most} characters and not signs alone; check it and enter it again</translation>
    </message>
    <message>
        <source>存取的现金 {amount} 不对：必须大于 0，请重新输入</source>
        <translation>The cash {amount} put in or taken out is wrong: it must be above 0; enter it again</translation>
    </message>
    <message>
        <source>完成后自动打印小票、弹开钱箱。</source>
        <translation>The receipt is printed and the drawer opens.</translation>
    </message>
    <message>
        <source>完成收款</source>
        <translation>Complete sale</translation>
    </message>
    <message>
        <source>审核处方</source>
        <translation>Approve prescription</translation>
    </message>
    <message>
        <source>审核处方 {number} 的药师没有在本机登录，{name} 不能卖；请该药师登录，或由在岗药师重新审核</source>
        <translation>The pharmacist who approved prescription {number} is not signed in here, so {name} cannot be sold; have them sign in, or a pharmacist on duty approve it anew</translation>
    </message>
    <message>
        <source>审核通过</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>密码不对，还可再试 {left} 次</source>
        <translation>Wrong PIN, {left} tries left</translation>
    </message>
    <message>
        <source>密码连续输错，{name} 已锁定，请 {seconds} 秒后再试</source>
        <translation>Too many wrong PINs: {name} is locked, try again in {seconds} s</translation>
    </message>
    <message>
        <source>导览没有走通：{what}</source>
        <translation>The tour did not get through: {what}</translation>
    </message>
    <message>
        <source>寿</source>
        <translation>B</translation>
    </message>
    <message>
        <source>小票 {title} 不需要确认</source>
        <translation>Receipt {title} needs no answer</translation>
    </message>
    <message>
        <source>小票内容无法打印</source>
        <translation>The receipt cannot be printed as it is</translation>
    </message>
    <message>
        <source>小票号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>小票打出后显示在这里</source>
        <translation>Receipts appear here once printed</translation>
    </message>
    <message>
        <source>小计</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>少用 {step} 分</source>
        <translation>{step} points less</translation>
    </message>
    <message>
        <source>尚无总部数据，含本机 {count} 笔未上传</source>
        <translation>Nothing from head office yet, with {count} of this till's own</translation>
    </message>
    <message>
        <source>岗位</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>已与顾客核对，仍然销售</source>
        <translation>Checked with the customer, sell</translation>
    </message>
    <message>
        <source>已备份到 {path}：{sales} 笔销售，{facts} 条其他记录。身份文件 identity.json 含密钥，不在备份里</source>
        <translation>Backed up to {path}: {sales} sales, {facts} other records. The identity file identity.json holds keys and is not in the backup</translation>
    </message>
    <message>
        <source>已恢复，备份到第 {receipt} 号小票为止；恢复前的文件保留为 {aside}</source>
        <translation>Restored, as far as receipt {receipt}; the file from before is kept as {aside}</translation>
    </message>
    <message>
        <source>已打出</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>已挂单（{count}），按 F6 取回</source>
        <translation>Parked ({count}), F6 recalls it</translation>
    </message>
    <message>
        <source>已收 {cash} · 应收 {payable}</source>
        <translation>Received {cash} · payable {payable}</translation>
    </message>
    <message>
        <source>已是最高等级</source>
        <translation>Highest tier</translation>
    </message>
    <message>
        <source>已省</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>已经结算的单子和购物篮都存好了，没有丢失。可以回到收银继续；再次出现请把编号告诉技术支持。</source>
        <translation>Finished sales and the basket are stored; nothing is lost. Go back to the counter and carry on; if it happens again, tell support the number.</translation>
    </message>
    <message>
        <source>应收</source>
        <translation>Payable</translation>
    </message>
    <message>
        <source>应收 {payable}，只收到 {given}，还差 {short}。请补足后再完成收款</source>
        <translation>{payable} is owed, {given} was received, {short} is short. Take the rest before completing the sale</translation>
    </message>
    <message>
        <source>应收 {payable}，非现金收了 {given}，多出 {over} 不能找零。请把非现金减到应收以内</source>
        <translation>{payable} is due, {given} was taken without cash: {over} too much, and only cash gives change. Lower it to what is due</translation>
    </message>
    <message>
        <source>店长</source>
        <translation>Store manager</translation>
    </message>
    <message>
        <source>开具机构</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>开具机构、医师</source>
        <translation>Institution, prescriber</translation>
    </message>
    <message>
        <source>开班</source>
        <translation>Open shift</translation>
    </message>
    <message>
        <source>开钱箱</source>
        <translation>Open drawer</translation>
    </message>
    <message>
        <source>当前购物篮还没有结清：请先收款、挂单或作废，再取单</source>
        <translation>This basket is not settled: pay, park or void it first, then recall the other</translation>
    </message>
    <message>
        <source>待上传记录</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>待办</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>待办已办完，可以收款：按 ＋</source>
        <translation>All is done, payment can be taken: press +</translation>
    </message>
    <message>
        <source>待登记处方</source>
        <translation>Rx to register</translation>
    </message>
    <message>
        <source>待登记购买人</source>
        <translation>Buyer to register</translation>
    </message>
    <message>
        <source>待确认</source>
        <translation>To confirm</translation>
    </message>
    <message>
        <source>待药师审核</source>
        <translation>Rx to approve</translation>
    </message>
    <message>
        <source>性别应为男或女，也可以不填；请重新选择</source>
        <translation>The sex is male or female, or left empty; choose again</translation>
    </message>
    <message>
        <source>总部</source>
        <translation>Head office</translation>
    </message>
    <message>
        <source>总部 在线</source>
        <translation>Head office online</translation>
    </message>
    <message>
        <source>总部 拒绝</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>总部 拒绝接入</source>
        <translation>Head office refuses</translation>
    </message>
    <message>
        <source>总部 未连接</source>
        <translation>Head office not connected</translation>
    </message>
    <message>
        <source>总部 连接中</source>
        <translation>Head office connecting</translation>
    </message>
    <message>
        <source>总部不接受本机的凭据：{why}销售照常，但不再同步；请联系总部重新注册本机。</source>
        <translation>Head office does not accept this till's credentials: {why} Selling goes on without sync; ask head office to enrol this till again.</translation>
    </message>
    <message>
        <source>总部不接受本机：请联系总部检查本机的登记。收款照常，记录存在本机。</source>
        <translation>Head office does not accept this till: ask head office to check its enrolment. Selling goes on; records stay on this till.</translation>
    </message>
    <message>
        <source>总部发来的更新不完整，稍后自动重试；销售照常。</source>
        <translation>An update from head office is incomplete and will be fetched again; selling goes on.</translation>
    </message>
    <message>
        <source>总部在第 {seq} 条确认的不是本机的记录：本机数据可能从旧备份恢复过。记录都保存在本机，销售照常；请联系总部。</source>
        <translation>What head office confirmed as number {seq} is not this till's record: its files may have been restored from an old backup. All records are kept here and selling goes on; call head office.</translation>
    </message>
    <message>
        <source>总部地址“{address}”不对：要以 http:// 或 https:// 开头。请改正地址。</source>
        <translation>The head office address “{address}” is wrong: it must begin with http:// or https://. Correct it.</translation>
    </message>
    <message>
        <source>总部换了新的数据文件，稍后重新下载；销售照常。</source>
        <translation>Head office has a new snapshot; it is fetched again shortly. Selling goes on.</translation>
    </message>
    <message>
        <source>总部数据过旧，暂不能用积分；联网更新后恢复。</source>
        <translation>Head office's figures are too old for points to be spent; they can be again after an update.</translation>
    </message>
    <message>
        <source>总部服务没有启动：{reason}</source>
        <translation>The head office service did not start: {reason}</translation>
    </message>
    <message>
        <source>总部没有小票号为 {receipt} 的销售。</source>
        <translation>Head office has no sale with receipt {receipt}.</translation>
    </message>
    <message>
        <source>总部没有接收本机第 {seq} 条之后的记录：{why}记录都保存在本机，销售照常；请联系总部。</source>
        <translation>Head office did not take this till's records after number {seq}: {why} All records are kept here and selling goes on; call head office.</translation>
    </message>
    <message>
        <source>总部没有确认收到的记录，稍后自动重试；销售照常。</source>
        <translation>Head office did not confirm what it received; it will be sent again. Selling goes on.</translation>
    </message>
    <message>
        <source>总部没有这位会员。</source>
        <translation>Head office does not know this member.</translation>
    </message>
    <message>
        <source>总部的快照写不进 {folder}：{reason}。请检查磁盘空间与权限。</source>
        <translation>The snapshot of head office cannot be written to {folder}: {reason}. Check disk space and permissions.</translation>
    </message>
    <message>
        <source>总部的数据写不进 {folder}：{reason}。销售照常；请检查磁盘空间与权限。</source>
        <translation>What came from head office cannot be written to {folder}: {reason}. Selling goes on; check disk space and permissions.</translation>
    </message>
    <message>
        <source>总部确认的记录与本机不符：记录都保存在本机，销售照常；请联系总部。</source>
        <translation>What head office confirmed does not match this till: all records are kept here and selling goes on; call head office.</translation>
    </message>
    <message>
        <source>患者</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>截至 {moment} 总部数据</source>
        <translation>Head office as of {moment}</translation>
    </message>
    <message>
        <source>截至 {moment} 总部数据，另含本机 {count} 笔未上传</source>
        <translation>Head office as of {moment}, plus {count} unsent of this till</translation>
    </message>
    <message>
        <source>手机号 {phone} 已由会员 {name} 登记：如是同一人，请直接用这位会员；否则请换一个手机号</source>
        <translation>Phone {phone} is registered to member {name}: if this is the same person, go on with that member; if not, take another number</translation>
    </message>
    <message>
        <source>手机号和会员卡至少要有一样，否则以后找不到这位会员；请输入手机号，或扫会员卡</source>
        <translation>Without a phone number or a card this member cannot be found later; enter a phone number, or scan a member card</translation>
    </message>
    <message>
        <source>手机号应为 11 位，以 13 至 19 开头；请与顾客核对后重新输入</source>
        <translation>A phone number has 11 digits and begins with 13 to 19; check with the customer and enter it again</translation>
    </message>
    <message>
        <source>打印中</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印中断，不知道是否已打出</source>
        <translation>Printing was cut short; it may or may not have come out</translation>
    </message>
    <message>
        <source>打印时程序关闭，不知道是否已打出</source>
        <translation>The program was closed while printing; it may or may not have come out</translation>
    </message>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>打印机 故障</source>
        <translation>Printer fault</translation>
    </message>
    <message>
        <source>打印机 未连接</source>
        <translation>Printer not connected</translation>
    </message>
    <message>
        <source>打印机 状态未知</source>
        <translation>Printer state unknown</translation>
    </message>
    <message>
        <source>打印机 盖未合</source>
        <translation>Printer cover open</translation>
    </message>
    <message>
        <source>打印机 纸将尽</source>
        <translation>Printer paper low</translation>
    </message>
    <message>
        <source>打印机 缺纸</source>
        <translation>Printer out of paper</translation>
    </message>
    <message>
        <source>打印机报告故障</source>
        <translation>The printer reports a fault</translation>
    </message>
    <message>
        <source>打印机报告故障：请关机再开；排队的小票会保留。</source>
        <translation>The printer reports a fault: switch it off and on. Queued receipts are kept.</translation>
    </message>
    <message>
        <source>打印机正常。</source>
        <translation>The printer is well.</translation>
    </message>
    <message>
        <source>打印机没有应答</source>
        <translation>The printer does not answer</translation>
    </message>
    <message>
        <source>打印机没有确认打出</source>
        <translation>The printer did not confirm the print</translation>
    </message>
    <message>
        <source>打印机盖开着</source>
        <translation>The printer cover is open</translation>
    </message>
    <message>
        <source>打印机盖开着：合上后自动续打，不影响收款。</source>
        <translation>The printer's cover is open: close it and printing goes on. Selling is not held up.</translation>
    </message>
    <message>
        <source>打印机缺纸</source>
        <translation>The printer is out of paper</translation>
    </message>
    <message>
        <source>打印机缺纸：装纸后自动续打，也可稍后补打。</source>
        <translation>The printer is out of paper: put paper in and printing goes on, or reprint later.</translation>
    </message>
    <message>
        <source>打印机脱机</source>
        <translation>The printer is offline</translation>
    </message>
    <message>
        <source>打印机还没有回答。小票会排队，不影响收款。</source>
        <translation>The printer has not answered yet. Receipts queue; selling is not held up.</translation>
    </message>
    <message>
        <source>打印纸快用完了：请备好新纸。</source>
        <translation>The paper is nearly used up: have a new roll ready.</translation>
    </message>
    <message>
        <source>打印队列已满（{limit} 张待打印）：请先检查打印机，待队列减少后再补打</source>
        <translation>The print queue is full ({limit} waiting): check the printer, and reprint once it is shorter</translation>
    </message>
    <message>
        <source>打印队列已满，小票没有打印；处理打印机后按 F10 补打。</source>
        <translation>The print queue is full and the receipt was not printed; see to the printer, then press F10 to reprint.</translation>
    </message>
    <message>
        <source>扫会员卡，或输入手机号后按 Enter；先扫后扫都会重新计价</source>
        <translation>Scan a member card, or type a phone number and press Enter; everything is priced again whenever it comes</translation>
    </message>
    <message>
        <source>扫券码，或输入后按 Enter</source>
        <translation>Scan a coupon, or type it and press Enter</translation>
    </message>
    <message>
        <source>扫商品或会员卡开始</source>
        <translation>Scan goods or a member card to begin</translation>
    </message>
    <message>
        <source>扫码或输入</source>
        <translation>Scan or type</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>扫码枪 {time}</source>
        <translation>Scanner {time}</translation>
    </message>
    <message>
        <source>扫码枪正常，这是最近一次扫码的时间。扫码随时有效，不用先点输入框。</source>
        <translation>The scanner works; this is when it last read something. Scan at any time, no need to tap the input first.</translation>
    </message>
    <message>
        <source>扫码，或输入 条码 / 卡号 / 手机号 / 姓名 / 拼音首字母</source>
        <translation>Scan, or type a barcode / card / phone / name / pinyin initials</translation>
    </message>
    <message>
        <source>找零</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>抵现积分不能小于 0：请重新输入</source>
        <translation>Points to spend cannot be below 0: enter them again</translation>
    </message>
    <message>
        <source>抹零</source>
        <translation>Rounding</translation>
    </message>
    <message>
        <source>挂单</source>
        <translation>Park</translation>
    </message>
    <message>
        <source>挂单已有 {limit} 笔，不能再挂：请先取单收款，或取单后作废不要的</source>
        <translation>{limit} sales are parked and no more can be: recall one and take payment, or recall and void one not wanted</translation>
    </message>
    <message>
        <source>按 Esc 返回购物篮，选中这一行，按 F4 改数量。</source>
        <translation>Press Esc for the basket, pick this line and press F4 to change the quantity.</translation>
    </message>
    <message>
        <source>捐赠按 {step} 分一档，{points} 分不成整档；请改捐整档积分</source>
        <translation>Donations go in steps of {step} points, and {points} is no whole number of steps; change the amount</translation>
    </message>
    <message>
        <source>换人</source>
        <translation>Someone else</translation>
    </message>
    <message>
        <source>换卡</source>
        <translation>Replace card</translation>
    </message>
    <message>
        <source>换货还须补 {rest}，只收到 {given}，还差 {short}。请补足后再完成换货</source>
        <translation>{rest} is owed for the exchange, {given} was received, {short} is short. Take the rest before completing the exchange</translation>
    </message>
    <message>
        <source>授权</source>
        <translation>Authorise</translation>
    </message>
    <message>
        <source>排队中</source>
        <translation>Queued</translation>
    </message>
    <message>
        <source>推荐人不能是入会的人自己：请填另一位会员的手机号或卡号，没有推荐人就留空</source>
        <translation>Nobody refers themselves: enter another member's phone or card number, or leave it empty without a referrer</translation>
    </message>
    <message>
        <source>推荐人与被推荐人是同一位会员，没有推荐积分；请核对推荐人</source>
        <translation>Referrer and referred are the same member, so there are no points; check the referrer</translation>
    </message>
    <message>
        <source>推荐这位会员的积分已给过，每推荐一人一次，不必再加</source>
        <translation>The points for referring this member were given already, once a person; nothing to add</translation>
    </message>
    <message>
        <source>收款</source>
        <translation>Pay</translation>
    </message>
    <message>
        <source>收款完成</source>
        <translation>Sale complete</translation>
    </message>
    <message>
        <source>收款照常。按 Enter 表示已读；以后点状态栏的“本机记录”可再看。</source>
        <translation>Selling goes on. Press Enter once you have read this; “Till records” in the status bar shows it again.</translation>
    </message>
    <message>
        <source>收银 {name}</source>
        <translation>Cashier {name}</translation>
    </message>
    <message>
        <source>收银台已锁定，输入密码解锁</source>
        <translation>The till is locked; enter your PIN to unlock it</translation>
    </message>
    <message>
        <source>收银台已锁定：请 {name} 输入密码解锁，或换人登录</source>
        <translation>The till is locked: {name} unlocks it with the PIN, or someone else signs in</translation>
    </message>
    <message>
        <source>收银台已锁定：请 {name} 输入密码解锁，或换人登录，再扫码</source>
        <translation>The till is locked: {name} unlocks it with the PIN, or someone else signs in; then scan</translation>
    </message>
    <message>
        <source>收银员</source>
        <translation>Cashier</translation>
    </message>
    <message>
        <source>收银机</source>
        <translation>Till</translation>
    </message>
    <message>
        <source>改价</source>
        <translation>Change price</translation>
    </message>
    <message>
        <source>数据文件夹 {folder} 不能写入（{reason}）：请换一个文件夹，或请管理员开放权限</source>
        <translation>The data folder {folder} cannot be written to ({reason}): choose another, or ask an administrator for access</translation>
    </message>
    <message>
        <source>数据文件夹 {folder} 正被另一个程序使用：请切换到已打开的窗口，或先关闭它再启动</source>
        <translation>The data folder {folder} is in use by another program: switch to the window that is open, or close it and start again</translation>
    </message>
    <message>
        <source>数据过旧</source>
        <translation>figures too old</translation>
    </message>
    <message>
        <source>数量</source>
        <translation>Quantity</translation>
    </message>
    <message>
        <source>数量「{text}」不对：请输入大于 0 的数字，散称商品最多三位小数</source>
        <translation>“{text}” is no quantity: type a number above 0, with at most three decimals for goods by weight</translation>
    </message>
    <message>
        <source>整单</source>
        <translation>Whole sale</translation>
    </message>
    <message>
        <source>新的一单</source>
        <translation>New sale</translation>
    </message>
    <message>
        <source>无会员</source>
        <translation>no member</translation>
    </message>
    <message>
        <source>无可抵金额</source>
        <translation>nothing payable</translation>
    </message>
    <message>
        <source>无折扣</source>
        <translation>no discount</translation>
    </message>
    <message>
        <source>无法写入 {file}：{why}。本次操作没有保存；请检查磁盘空间与权限后再试</source>
        <translation>{file} cannot be written: {why}. Nothing was saved; check disk space and permissions, then try again</translation>
    </message>
    <message>
        <source>无法启动收银</source>
        <translation>The till cannot start</translation>
    </message>
    <message>
        <source>无药师</source>
        <translation>No pharmacist</translation>
    </message>
    <message>
        <source>无药师在岗</source>
        <translation>No pharmacist on duty</translation>
    </message>
    <message>
        <source>时</source>
        <translation>!</translation>
    </message>
    <message>
        <source>普通</source>
        <translation>Basic</translation>
    </message>
    <message>
        <source>最多抵应付金额的 {share}，每 {step} 分一档。</source>
        <translation>At most {share} of what is owed, in steps of {step}.</translation>
    </message>
    <message>
        <source>最近一次联系</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>有冲突待确认</source>
        <translation>Conflict to confirm</translation>
    </message>
    <message>
        <source>未打出</source>
        <translation>Not printed</translation>
    </message>
    <message>
        <source>未识别会员</source>
        <translation>No member yet</translation>
    </message>
    <message>
        <source>本单完成后升{tier}（{discount}）</source>
        <translation>{tier} after this sale ({discount})</translation>
    </message>
    <message>
        <source>本单已享满减 {offer}，不能再用券 {coupon}。请改天再用，或不用券收款</source>
        <translation>This sale already has {offer}: coupon {coupon} cannot be added. Use it another day, or take payment without it</translation>
    </message>
    <message>
        <source>本单得分</source>
        <translation>Points earned</translation>
    </message>
    <message>
        <source>本单没有可以用积分抵的金额。</source>
        <translation>Points can pay for nothing in this sale.</translation>
    </message>
    <message>
        <source>本单没有可以用积分抵的金额。请不用积分收款</source>
        <translation>Points can pay for nothing in this sale. Take payment without points</translation>
    </message>
    <message>
        <source>本单还没有用券。</source>
        <translation>No coupon in this sale yet.</translation>
    </message>
    <message>
        <source>本店没有别的药师可以接班。</source>
        <translation>There is no other pharmacist at this store to take over.</translation>
    </message>
    <message>
        <source>本店现在没有人能授权：请联系总部。</source>
        <translation>Nobody at this store can authorise this now: call head office.</translation>
    </message>
    <message>
        <source>本店还没有登记药师：请联系总部。</source>
        <translation>This store has no pharmacist on record: call head office.</translation>
    </message>
    <message>
        <source>本月上限只剩 {points} 分的余地，已记 {points} 分，另 {withheld} 分不再记</source>
        <translation>This month's limit left room for {points} points: {points} were given, {withheld} were not</translation>
    </message>
    <message>
        <source>本月生日，祝生日快乐</source>
        <translation>Birthday month: wish a happy birthday</translation>
    </message>
    <message>
        <source>本月生日：本单送 {points} 分</source>
        <translation>Birthday month: {points} points with this sale</translation>
    </message>
    <message>
        <source>本月生日：本单送 {points} 分，消费积分 ×{times}</source>
        <translation>Birthday month: {points} points with this sale, purchase points ×{times}</translation>
    </message>
    <message>
        <source>本月生日：消费积分 ×{times}</source>
        <translation>Birthday month: purchase points ×{times}</translation>
    </message>
    <message>
        <source>本机今日上限</source>
        <translation>till's limit today</translation>
    </message>
    <message>
        <source>本机保存的总部资料有损坏，连上总部后会自动重新下载：请稍后再试，本机的销售记录不受影响</source>
        <translation>Head office's data on this till is damaged and is fetched again once head office answers: try again shortly; this till's own sales are not affected</translation>
    </message>
    <message>
        <source>本机停用积分</source>
        <translation>points barred at this till</translation>
    </message>
    <message>
        <source>本机已是 {store} 的 {name}：不用再注册；要换一台，请用新的数据文件夹</source>
        <translation>This till already is {name} of {store} and needs no enrolment; for another till use a new data folder</translation>
    </message>
    <message>
        <source>本机时钟比总部快 {minutes} 分钟：请校准电脑时间。</source>
        <translation>This till's clock is {minutes} min ahead of head office: set the computer's time.</translation>
    </message>
    <message>
        <source>本机时钟比总部慢 {minutes} 分钟：请校准电脑时间。</source>
        <translation>This till's clock is {minutes} min behind head office: set the computer's time.</translation>
    </message>
    <message>
        <source>本机时间 {now} 早于已有记录的时间 {latest}：请校准系统时间；已经校准的，连上总部核对后再办理</source>
        <translation>This till's time {now} is before {latest}, the time of its records: set the system time; if it is right, connect to head office to check it, then do it again</translation>
    </message>
    <message>
        <source>本机没有办理过这笔兑换；请到办理兑换的收银台作废</source>
        <translation>This redemption was not made at this till; void it at the till where it was made</translation>
    </message>
    <message>
        <source>本机没有小票 {receipt}：请核对号码，或到收款的那台收银机补打</source>
        <translation>This till has no receipt {receipt}: check the number, or reprint it at the till that took payment</translation>
    </message>
    <message>
        <source>本机没有当时的会员规则 {version}：请连上总部，等资料更新后再试</source>
        <translation>This till does not have the member rules of that time, {version}: connect to head office and try again after the update</translation>
    </message>
    <message>
        <source>本机没有登记过这张处方：请先登记处方</source>
        <translation>This prescription is not registered at this till: register it first</translation>
    </message>
    <message>
        <source>本机没有设置小票打印机：请在数据文件夹的 settings.toml 里填写 printer，重新启动后再补打</source>
        <translation>This till has no receipt printer: set printer in settings.toml in the data folder, start again, then reprint</translation>
    </message>
    <message>
        <source>本机没有这一班：请返回班次页面，从当前班次重新办理</source>
        <translation>This till has no such shift: go back to the shift page and start again from the present shift</translation>
    </message>
    <message>
        <source>本机的会员资料已超过 {days} 天没有更新，离线时不能兑换{name}；请连上总部后再换</source>
        <translation>This till's member records are more than {days} days old, so {name} cannot be redeemed offline; connect to head office first</translation>
    </message>
    <message>
        <source>本机的会员资料已超过 {days} 天没有更新，离线时不能用积分。请连上总部后再抵，或不用积分收款</source>
        <translation>This till's member records are more than {days} days old and no points can be spent offline. Reach head office first, or take payment without points</translation>
    </message>
    <message>
        <source>本机的数据曾被还原或复制，不能用积分；请联系总部重新登记本机。</source>
        <translation>This till's data was restored or copied, so no points can be used; ask head office to enrol this till again.</translation>
    </message>
    <message>
        <source>本机的数据曾被还原或复制，离线时不能兑换{name}；请联系总部重新登记本机后再换</source>
        <translation>This till's data was restored or copied, so {name} cannot be redeemed offline; ask head office to enrol this till again first</translation>
    </message>
    <message>
        <source>本机的数据曾被还原或复制，离线时不能用积分。请联系总部重新登记本机，或不用积分收款</source>
        <translation>This till's data was restored or copied, so no points can be spent offline. Ask head office to enrol this till again, or take payment without points</translation>
    </message>
    <message>
        <source>本机记录</source>
        <translation>Till records</translation>
    </message>
    <message>
        <source>本机记录 有提示</source>
        <translation>Till records: notice</translation>
    </message>
    <message>
        <source>本机还没有接入总部：请向总部要一次性注册码，运行 main.py enrol --head-office 地址 --code 注册码</source>
        <translation>This till is not enrolled: ask head office for a one-time code and run main.py enrol --head-office ADDRESS --code CODE</translation>
    </message>
    <message>
        <source>本机还没有收到总部的商品和会员资料：请检查网络，连上总部后会自动下载</source>
        <translation>No goods and members have come from head office yet: check the network; they are downloaded once head office is reached</translation>
    </message>
    <message>
        <source>本机还没有收过款，没有小票可补打</source>
        <translation>This till has made no sale yet, so there is no receipt to reprint</translation>
    </message>
    <message>
        <source>本机还没有联系总部。</source>
        <translation>This till has not been in touch with head office yet.</translation>
    </message>
    <message>
        <source>本次消费满 {least} 升{tier}（{discount}）</source>
        <translation>Spend {least} in this sale to become {tier} ({discount})</translation>
    </message>
    <message>
        <source>本行</source>
        <translation>This line</translation>
    </message>
    <message>
        <source>查看完整会员资料</source>
        <translation>Show full member record</translation>
    </message>
    <message>
        <source>查看完整会员资料必须写明原因，留作审计；请填写原因</source>
        <translation>Showing a full member record needs a reason for the audit; enter it</translation>
    </message>
    <message>
        <source>检查完毕，没有问题：{sales} 笔销售，{facts} 条其他记录，{events} 条上传记录</source>
        <translation>Checked, all is well: {sales} sales, {facts} other records, {events} records for head office</translation>
    </message>
    <message>
        <source>检查本机数据时发现 {count} 处对不上，第一处是：{what}。收银照常；请联系总部核对</source>
        <translation>The check of this till's records found {count} things that do not agree, the first: {what}. Selling goes on; contact head office to compare</translation>
    </message>
    <message>
        <source>检查本机数据时发现损坏：{what}。收银照常；请在空闲时退出程序再启动，启动时会先抢救数据，并联系总部</source>
        <translation>The check of this till's records found damage: {what}. Selling goes on; quit and start again at a quiet moment, the start recovers the records first, and contact head office</translation>
    </message>
    <message>
        <source>欠 {points} 分，下次得分先抵</source>
        <translation>{points} pts owed, taken from the next ones earned</translation>
    </message>
    <message>
        <source>正在收款，这一次扫码没有录入；按 Esc 返回购物篮再扫。</source>
        <translation>A payment is open and this scan was not taken; press Esc for the basket and scan again.</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>正在联系总部。收款照常，不必等待。</source>
        <translation>Calling head office. Selling goes on, no need to wait.</translation>
    </message>
    <message>
        <source>正在计算</source>
        <translation>Reckoning</translation>
    </message>
    <message>
        <source>正在记账</source>
        <translation>Recording</translation>
    </message>
    <message>
        <source>比例上限</source>
        <translation>share limit</translation>
    </message>
    <message>
        <source>没有优惠能使本行更低</source>
        <translation>No offer makes this line cheaper</translation>
    </message>
    <message>
        <source>没有会员</source>
        <translation>No member</translation>
    </message>
    <message>
        <source>没有会员，不能用积分；先扫会员卡。</source>
        <translation>There is no member, so no points can be used; scan a member card first.</translation>
    </message>
    <message>
        <source>没有会员，本单不积分；按 Esc 返回购物篮可补扫会员卡。</source>
        <translation>No member, so this sale earns no points; press Esc for the basket to scan a card.</translation>
    </message>
    <message>
        <source>没有券 {coupon}：请核对券码，或不用券收款</source>
        <translation>There is no coupon {coupon}: check its code, or take payment without it</translation>
    </message>
    <message>
        <source>没有单号为 {receipt} 的销售：请核对小票上的单号</source>
        <translation>There is no sale {receipt}: check the number on the receipt</translation>
    </message>
    <message>
        <source>没有及时回答</source>
        <translation>no answer in time</translation>
    </message>
    <message>
        <source>没有回应</source>
        <translation>no answer</translation>
    </message>
    <message>
        <source>没有待办，可以收款。</source>
        <translation>Nothing is left to do; payment can be taken.</translation>
    </message>
    <message>
        <source>没有待打印的小票。</source>
        <translation>No receipts are waiting.</translation>
    </message>
    <message>
        <source>没有找到「{text}」：请核对，或换用条码、卡号、手机号、名称、拼音首字母</source>
        <translation>Nothing found for “{text}”: check it, or try a barcode, card, phone, name or pinyin initials</translation>
    </message>
    <message>
        <source>没有找到会员「{text}」：请核对卡号、手机号、姓名或拼音首字母；还不是会员的可办理入会</source>
        <translation>No member found for “{text}”: check the card, phone, name or pinyin initials; who is no member yet can be enrolled</translation>
    </message>
    <message>
        <source>没有找到推荐人「{text}」：请核对手机号或卡号，没有推荐人就留空</source>
        <translation>No referrer found for “{text}”: check the phone or card number, or leave it empty without a referrer</translation>
    </message>
    <message>
        <source>没有找到文件 {path}：请检查路径</source>
        <translation>File {path} was not found: check the path</translation>
    </message>
    <message>
        <source>没有挂起的单。</source>
        <translation>No sales are parked.</translation>
    </message>
    <message>
        <source>没有显示器，收银终端打不开窗口：请在桌面上启动</source>
        <translation>There is no display to open a window on: start the till from a desktop</translation>
    </message>
    <message>
        <source>没有条码为 {code} 的商品：请核对条码，或输入名称、拼音首字母查找</source>
        <translation>No goods with barcode {code}: check it, or search by name or pinyin initials</translation>
    </message>
    <message>
        <source>没有条码或编码为「{code}」的商品；请扫要交给顾客的商品</source>
        <translation>No goods with barcode or SKU “{code}”; scan the goods the customer is to be given</translation>
    </message>
    <message>
        <source>没有条码？输入名称、拼音首字母或货号，按 Enter</source>
        <translation>No barcode? Type a name, pinyin initials or SKU and press Enter</translation>
    </message>
    <message>
        <source>没有用手机号 {phone} 登记的会员：请核对号码，或直接继续收款</source>
        <translation>No member with phone {phone}: check the number, or simply go on</translation>
    </message>
    <message>
        <source>没有登记过卡 {card}：请核对，可用手机号查会员，或不用会员继续收款</source>
        <translation>No card {card} is on record: check it, find the member by phone, or go on without a member</translation>
    </message>
    <message>
        <source>没有编号为 {store_id} 的门店：请核对门店编号。</source>
        <translation>There is no store {store_id}: check its number.</translation>
    </message>
    <message>
        <source>没有药师在岗时不能销售处方药。药师输入密码即可在岗。</source>
        <translation>Without a pharmacist on duty no prescription medicine may be sold. A pharmacist comes on duty with a PIN.</translation>
    </message>
    <message>
        <source>没有这个注册码：请核对后重输，或向总部要新的注册码。</source>
        <translation>There is no such enrolment code: check it, or ask head office for a new one.</translation>
    </message>
    <message>
        <source>没有这位员工：请联系店长</source>
        <translation>No such member of staff: ask the store manager</translation>
    </message>
    <message>
        <source>没有，补打</source>
        <translation>No, reprint</translation>
    </message>
    <message>
        <source>活动「{name}」{first} 才开始；请届时再记</source>
        <translation>Activity “{name}” begins on {first}; give its points then</translation>
    </message>
    <message>
        <source>活动「{name}」已于 {last} 结束，不能再记；请选别的活动</source>
        <translation>Activity “{name}” ended on {last} and gives no more points; choose another activity</translation>
    </message>
    <message>
        <source>活动积分应为 {least} 至 {most} 分，本活动设为 {points} 分，不能发；请总部更正活动</source>
        <translation>An activity gives {least} to {most} points, this one is set to {points} and cannot give any; ask head office to correct it</translation>
    </message>
    <message>
        <source>浅色</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>深色</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>清点的现金 {amount} 不对：不能小于 0，请重新清点</source>
        <translation>The cash counted, {amount}, is wrong: it cannot be below 0; count it again</translation>
    </message>
    <message>
        <source>清点的现金与应有的不符：请再清点一遍，仍不符的请写明原因再交班</source>
        <translation>The cash counted is not what it should be: count it again; if it still differs, enter the reason, then close the shift</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>演示密码</source>
        <translation>Demo PINs</translation>
    </message>
    <message>
        <source>演示店的说明文件 {path} 丢失或损坏：请删除演示店的数据文件夹，再重新启动演示店</source>
        <translation>The demo store's file {path} is missing or damaged: delete the demo's data folder and start it again</translation>
    </message>
    <message>
        <source>演示柜台</source>
        <translation>Demo counter</translation>
    </message>
    <message>
        <source>点一下就是扫会员卡</source>
        <translation>Click to scan a member card</translation>
    </message>
    <message>
        <source>点一下就是扫商品</source>
        <translation>Click to scan goods</translation>
    </message>
    <message>
        <source>现在可以再试</source>
        <translation>You may try again now</translation>
    </message>
    <message>
        <source>现在连不上总部。收款照常，记录存在本机，恢复后自动上传；每位会员当日抵现有离线上限。</source>
        <translation>Head office cannot be reached. Selling goes on; records stay on this till and are sent later. Each member's points have an offline limit a day.</translation>
    </message>
    <message>
        <source>现行会员规则不给这项积分；如有疑问请联系总部</source>
        <translation>The rules in force give no points for this; ask head office if in doubt</translation>
    </message>
    <message>
        <source>现行会员规则里没有服务 {service}，可能已撤下；请从列表里重选</source>
        <translation>The member rules in force have no service {service}, it may have been withdrawn; choose again from the list</translation>
    </message>
    <message>
        <source>现行会员规则里没有活动 {activity}，可能已撤下；请从列表里重选</source>
        <translation>The member rules in force have no activity {activity}, it may have been withdrawn; choose again from the list</translation>
    </message>
    <message>
        <source>现行会员规则里没有礼品 {reward}，可能已撤下；请从列表里重选</source>
        <translation>The member rules in force have no reward {reward}, it may have been withdrawn; choose again from the list</translation>
    </message>
    <message>
        <source>现行会员规则里没有礼品权益 {benefit}，可能已撤下；请从列表里重选</source>
        <translation>The member rules in force have no reward benefit {benefit}, it may have been withdrawn; choose again from the list</translation>
    </message>
    <message>
        <source>现金</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>现金不能小于 0：请重新输入收到的现金</source>
        <translation>Cash cannot be below 0: enter the cash received again</translation>
    </message>
    <message>
        <source>现金存取</source>
        <translation>Cash in and out</translation>
    </message>
    <message>
        <source>现金抹零：{before_fen} 取整到 {unit_fen} 的倍数 {after_fen}</source>
        <translation>Cash rounding: {before_fen} down to a multiple of {unit_fen}, {after_fen}</translation>
    </message>
    <message>
        <source>现金还差 {amount}</source>
        <translation>{amount} cash short</translation>
    </message>
    <message>
        <source>生日应为真实日期，如 1980-03-20 或 19800320，从 {earliest} 年起，不晚于今天；请核对后重新输入</source>
        <translation>A birthday is a real date such as 1980-03-20 or 19800320, from {earliest} on and not after today; check it and enter it again</translation>
    </message>
    <message>
        <source>生日礼</source>
        <translation>Birthday gift</translation>
    </message>
    <message>
        <source>生日翻倍</source>
        <translation>Birthday multiplier</translation>
    </message>
    <message>
        <source>用券</source>
        <translation>Use</translation>
    </message>
    <message>
        <source>甲类</source>
        <translation>OTC A</translation>
    </message>
    <message>
        <source>甲类非处方药</source>
        <translation>OTC class A</translation>
    </message>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>登记处方</source>
        <translation>Register prescription</translation>
    </message>
    <message>
        <source>登记购买人</source>
        <translation>Register buyer</translation>
    </message>
    <message>
        <source>知道了</source>
        <translation>Noted</translation>
    </message>
    <message>
        <source>确定</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>确认冲突</source>
        <translation>Confirm conflict</translation>
    </message>
    <message>
        <source>确认后记在 {name} 名下；不卖就按 Esc 返回，删除商品。</source>
        <translation>Confirming is recorded under {name}; if it is not to be sold, press Esc and delete the goods.</translation>
    </message>
    <message>
        <source>确认质量问题</source>
        <translation>Confirm quality problem</translation>
    </message>
    <message>
        <source>磁盘出错后本机的最后几条记录对不上（{what}）：请退出程序后重新启动，启动时会检查并抢救数据</source>
        <translation>After a disk error this till's last records do not agree ({what}): leave the program and start it again; it then checks and rescues the data</translation>
    </message>
    <message>
        <source>磁盘错误</source>
        <translation>disk error</translation>
    </message>
    <message>
        <source>离线 {since}</source>
        <translation>Offline {since}</translation>
    </message>
    <message>
        <source>离线 自 {since}</source>
        <translation>Offline since {since}</translation>
    </message>
    <message>
        <source>离线时本机今日对该会员还能扣 {left} 分（每日 {limit} 分），{name}要 {points} 分；请连上总部后再换</source>
        <translation>Offline, this till may take {left} more points from this member today ({limit} a day), and {name} takes {points}; connect to head office first</translation>
    </message>
    <message>
        <source>离线时本机今日对该会员还能抵 {left} 分（每日 {limit} 分），{points} 分超出。请减少，或连上总部后再抵</source>
        <translation>Offline this till may take {left} more points from this member today (of {limit} a day); {points} is too many. Use fewer, or reach head office first</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>积分余额</source>
        <translation>Points balance</translation>
    </message>
    <message>
        <source>积分兑换</source>
        <translation>Redeem points</translation>
    </message>
    <message>
        <source>积分抵现</source>
        <translation>Paid in points</translation>
    </message>
    <message>
        <source>积分抵现 {points} 分</source>
        <translation>Paid with {points} pts</translation>
    </message>
    <message>
        <source>积分抵现分摊</source>
        <translation>Share paid in points</translation>
    </message>
    <message>
        <source>积分抵现至少 {minimum} 分，按 {step} 分一档，{points} 分不成整档。请改用整档积分</source>
        <translation>Points are spent from {minimum} on in steps of {step}; {points} is no whole step. Choose a whole one</translation>
    </message>
    <message>
        <source>积分抵现要先有会员。请扫会员卡，或不用积分收款</source>
        <translation>Points need a member. Scan a member card, or take payment without points</translation>
    </message>
    <message>
        <source>积分最多抵应付金额的 {share}，本单至多 {most} 分，{points} 分超出。请减少抵现积分</source>
        <translation>Points may pay at most {share} of what is owed, {most} points in this sale; {points} is too many. Use fewer points</translation>
    </message>
    <message>
        <source>积分流水有 {posted} 条，各单据合计 {told} 条</source>
        <translation>There are {posted} points entries, the documents add up to {told}</translation>
    </message>
    <message>
        <source>程序内部出错（{kind}），没有结果：请保留输入，联系技术支持</source>
        <translation>The program failed inside ({kind}), there is no result: keep the input and call support</translation>
    </message>
    <message>
        <source>程序内部出错，编号 {incident}：已记入日志，数据没有丢失</source>
        <translation>Internal error, number {incident}: it has been logged, nothing is lost</translation>
    </message>
    <message>
        <source>程序出了意外，刚才这一步没有完成</source>
        <translation>Something unexpected happened and the last step was not finished</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Try now</translation>
    </message>
    <message>
        <source>端口 {port} 已被别的程序占用：请关掉那个程序，或用 --port 换一个端口。</source>
        <translation>Port {port} is taken by another program: close that one, or choose another port with --port.</translation>
    </message>
    <message>
        <source>第 {line} 行（{sku}）只售出 {sold}，退货记录却已有 {returned}。请先核对退货记录</source>
        <translation>Line {line} ({sku}): only {sold} sold, yet the record of returns already has {returned}. Check that record first</translation>
    </message>
    <message>
        <source>第 {line} 行（{sku}）售出 {sold}，已退 {returned}，还能退 {left}，不够退 {wanted}。请改退货数量</source>
        <translation>Line {line} ({sku}): {sold} sold, {returned} already returned, {left} can still come back, {wanted} cannot. Change the quantity to return</translation>
    </message>
    <message>
        <source>第 {number} 班已于 {time} 交班，内容不能再改：请返回班次页面，查看当前班次</source>
        <translation>Shift {number} was closed at {time} and cannot change any more: go back to the shift page for the present shift</translation>
    </message>
    <message>
        <source>第 {number} 班已经交班，不能再改：请先开新班再办理</source>
        <translation>Shift {number} is closed and cannot change any more: open a new shift first</translation>
    </message>
    <message>
        <source>第 {number} 班已经交班，现在是第 {held} 班：请返回班次页面，在第 {held} 班办理</source>
        <translation>Shift {number} is closed and shift {held} is open: go back to the shift page and do it in shift {held}</translation>
    </message>
    <message>
        <source>第 {number} 班（{time} 开班）还没有交班：请先交班，再开新班</source>
        <translation>Shift {number} (opened {time}) is not closed yet: close the shift first, then open a new one</translation>
    </message>
    <message>
        <source>等级加成</source>
        <translation>Tier bonus</translation>
    </message>
    <message>
        <source>等药师上岗</source>
        <translation>Pharmacist needed</translation>
    </message>
    <message>
        <source>系统没有中文字体：请安装 fonts-noto-cjk 后再启动</source>
        <translation>There is no Chinese font: install fonts-noto-cjk and start again</translation>
    </message>
    <message>
        <source>终端身份写不进 {path}：{reason}。请检查磁盘空间与权限后再登记。</source>
        <translation>This till's identity cannot be written to {path}: {reason}. Check disk space and permissions, then enrol again.</translation>
    </message>
    <message>
        <source>终端身份文件 {path} 读不出来。请从备份恢复该文件，或用新的数据文件夹重新登记，并把旧文件夹交给总部。</source>
        <translation>The terminal's identity in {path} cannot be read. Restore that file from a backup, or enrol again with a new data folder and hand the old one to head office.</translation>
    </message>
    <message>
        <source>结后余额</source>
        <translation>Balance after</translation>
    </message>
    <message>
        <source>编号 {id}</source>
        <translation>Number {id}</translation>
    </message>
    <message>
        <source>网络不通或总部没有运行</source>
        <translation>no network, or head office is not running</translation>
    </message>
    <message>
        <source>药品</source>
        <translation>Medicine</translation>
    </message>
    <message>
        <source>药师</source>
        <translation>Pharmacist</translation>
    </message>
    <message>
        <source>药师 {name}</source>
        <translation>Rx {name}</translation>
    </message>
    <message>
        <source>药师上岗</source>
        <translation>Pharmacist on duty</translation>
    </message>
    <message>
        <source>药师不在岗，暂停销售处方药和甲类非处方药，{name} 现在不能卖。请药师在本机上岗后再扫</source>
        <translation>No pharmacist is on duty: prescription and class A medicines are not sold, so {name} cannot be sold now. Scan again once a pharmacist is on duty at this till</translation>
    </message>
    <message>
        <source>药师在岗</source>
        <translation>Pharmacist</translation>
    </message>
    <message>
        <source>虚拟打印机的纸</source>
        <translation>The virtual printer's paper</translation>
    </message>
    <message>
        <source>补打</source>
        <translation>Reprint</translation>
    </message>
    <message>
        <source>补打小票</source>
        <translation>Reprint receipt</translation>
    </message>
    <message>
        <source>被推荐的会员入会后净消费 {spent}，满 {needed} 时推荐人得积分；还差 {missing}，届时再加</source>
        <translation>The member referred has spent {spent} net since joining, points are given from {needed}; {missing} to go, come back then</translation>
    </message>
    <message>
        <source>规则版本 {version}</source>
        <translation>Rules {version}</translation>
    </message>
    <message>
        <source>规则集 {version} 已经发布过，内容不同：已发布的版本不能改，请换一个版本号。</source>
        <translation>Ruleset {version} has been published with another content: a published version cannot change; use another version number.</translation>
    </message>
    <message>
        <source>规则集 {version} 的版本、生效日期或门店与其正文不符：请按正文发布。</source>
        <translation>Version, effective date or stores of ruleset {version} do not match its text: publish it as its text says.</translation>
    </message>
    <message>
        <source>设置文件 {path} 里的 {key} = {value} 不对，可用：{allowed}</source>
        <translation>In the settings file {path}, {key} = {value} is wrong; allowed: {allowed}</translation>
    </message>
    <message>
        <source>该会员今天已签到，每天一次；{again} 起可再签到</source>
        <translation>This member has checked in today, once a day; again from {again}</translation>
    </message>
    <message>
        <source>该会员已得过本活动的积分，每个活动一次，不必再加</source>
        <translation>This member has the points of this activity already, once an activity; nothing to add</translation>
    </message>
    <message>
        <source>该会员已得过本节日的积分，每个节日一次，不必再加</source>
        <translation>This member has the points of this festival already, once a festival; nothing to add</translation>
    </message>
    <message>
        <source>该会员已得过注册积分，每位会员只有一次，不必再加</source>
        <translation>This member has the points for registering already, once a member; nothing to add</translation>
    </message>
    <message>
        <source>该会员本月签到已得 {given} 分，每月至多 {limit} 分；{again} 起可再得</source>
        <translation>This member has {given} points for checking in this month, at most {limit} a month; more from {again}</translation>
    </message>
    <message>
        <source>该会员本月评价已得 {given} 分，每月至多 {limit} 分；{again} 起可再得</source>
        <translation>This member has {given} points for reviews this month, at most {limit} a month; more from {again}</translation>
    </message>
    <message>
        <source>该会员没有买过商品 {sku}，只有买过的商品评价后才有积分；请核对商品</source>
        <translation>This member has not bought {sku}; only reviews of goods bought earn points. Check the product</translation>
    </message>
    <message>
        <source>该商品不参与折扣</source>
        <translation>Not discounted</translation>
    </message>
    <message>
        <source>语言文件 {file} 缺失或损坏，界面仍用原来的语言；请重新安装程序。</source>
        <translation>The language file {file} is missing or damaged and the language stays as it was; install the program again.</translation>
    </message>
    <message>
        <source>请先按 Enter 回到收银，再扫码</source>
        <translation>Press Enter to go back to the counter, then scan</translation>
    </message>
    <message>
        <source>请先登录</source>
        <translation>Sign in first</translation>
    </message>
    <message>
        <source>请先登录，再扫码</source>
        <translation>Sign in first, then scan</translation>
    </message>
    <message>
        <source>请先看打印机：小票 {title} 是否已打出？</source>
        <translation>Look at the printer first: did receipt {title} come out?</translation>
    </message>
    <message>
        <source>请写明存取现金的原因，再办理</source>
        <translation>Cash put in or taken out needs a reason; enter it first</translation>
    </message>
    <message>
        <source>请填写捐给哪个公益项目，1 至 {most} 个字</source>
        <translation>Enter the good cause that the points go to, 1 to {most} characters</translation>
    </message>
    <message>
        <source>请扫会员卡，或输入卡号、手机号、姓名、拼音首字母</source>
        <translation>Scan a member card, or type a card, phone, name or pinyin initials</translation>
    </message>
    <message>
        <source>请扫券码，或输入券码</source>
        <translation>Scan a coupon, or type its code</translation>
    </message>
    <message>
        <source>请扫描或输入原销售小票上的单号</source>
        <translation>Scan or type the number on the receipt of the sale</translation>
    </message>
    <message>
        <source>请扫码，或输入条码、卡号、手机号、姓名、拼音首字母</source>
        <translation>Scan, or type a barcode, card, phone, name or pinyin initials</translation>
    </message>
    <message>
        <source>请选择姓名</source>
        <translation>Who are you?</translation>
    </message>
    <message>
        <source>读不了标准输入：{reason}。请检查重定向和管道</source>
        <translation>Cannot read standard input: {reason}. Check the redirection and the pipe</translation>
    </message>
    <message>
        <source>读不了规则集文件 {path}：{reason}。请核对文件名和权限</source>
        <translation>Cannot read the ruleset file {path}: {reason}. Check its name and permissions</translation>
    </message>
    <message>
        <source>调整的积分不能为 0；请填写要加或要减的积分</source>
        <translation>An adjustment cannot be 0 points; enter the points to add or to take</translation>
    </message>
    <message>
        <source>调整积分</source>
        <translation>Adjust points</translation>
    </message>
    <message>
        <source>调整积分只能由店长办理；请店长登录后再调整</source>
        <translation>Only a store manager adjusts points; ask the store manager to sign in</translation>
    </message>
    <message>
        <source>调整积分必须写明原因，留作审计；请填写原因</source>
        <translation>An adjustment of points needs a reason for the audit; enter it</translation>
    </message>
    <message>
        <source>购买人姓名</source>
        <translation>Buyer's name</translation>
    </message>
    <message>
        <source>购买人姓名应为 1 到 {most} 个字；请按身份证填写</source>
        <translation>The buyer's name has 1 to {most} characters; enter it as on the ID card</translation>
    </message>
    <message>
        <source>购物</source>
        <translation>Purchase</translation>
    </message>
    <message>
        <source>购物篮</source>
        <translation>Basket</translation>
    </message>
    <message>
        <source>购物篮已经换过，没有挂单：请核对屏幕上的商品后再挂单</source>
        <translation>The basket is another one now and nothing was parked: check the goods on the screen, then park it</translation>
    </message>
    <message>
        <source>购物篮已经换过，没有收款：请核对屏幕上的商品后再收款</source>
        <translation>The basket is another one now and no payment was taken: check the goods on the screen, then take payment</translation>
    </message>
    <message>
        <source>购物篮或会员已有变动，这一项不用再确认：请核对屏幕上的提示</source>
        <translation>The basket or the member has changed and this needs no confirming any more: check what the screen says</translation>
    </message>
    <message>
        <source>购物篮是空的</source>
        <translation>The basket is empty</translation>
    </message>
    <message>
        <source>购物篮是空的，先扫商品再收款。</source>
        <translation>The basket is empty; scan goods before taking payment.</translation>
    </message>
    <message>
        <source>购物篮是空的：请先扫商品</source>
        <translation>The basket is empty: scan goods first</translation>
    </message>
    <message>
        <source>购物篮里没有第 {line} 行</source>
        <translation>The basket has no line {line}</translation>
    </message>
    <message>
        <source>购物篮里还有 {lines} 行商品没有收款：请先收款、挂单或整单作废，再交班</source>
        <translation>The basket still has unpaid goods (lines: {lines}): pay, park or void it first, then close the shift</translation>
    </message>
    <message>
        <source>资料版本</source>
        <translation>Version held</translation>
    </message>
    <message>
        <source>超出限量</source>
        <translation>Too many packs</translation>
    </message>
    <message>
        <source>身份证号</source>
        <translation>ID number</translation>
    </message>
    <message>
        <source>身份证号应为 18 位，含真实的出生日期；请核对证件后重新输入</source>
        <translation>An ID number has 18 characters with a real date of birth; check the ID card and enter it again</translation>
    </message>
    <message>
        <source>身份证号的最后一位与前 17 位不符，有数字输错了；请核对证件后重新输入</source>
        <translation>The last character of the ID number does not fit the 17 before it, so one is wrong; check the ID card and enter it again</translation>
    </message>
    <message>
        <source>输入收到的现金</source>
        <translation>Type the cash received</translation>
    </message>
    <message>
        <source>输入收到的金额</source>
        <translation>Type the amount received</translation>
    </message>
    <message>
        <source>近 {days} 天消费 {spend_fen}、到店 {visits} 天，由{tier_before}升为{tier_after}</source>
        <translation>{spend_fen} spent and {visits} visits in {days} days: from {tier_before} to {tier_after}</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>返回购物篮（不丢失）</source>
        <translation>Back to the basket (nothing is lost)</translation>
    </message>
    <message>
        <source>还差</source>
        <translation>Still short</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>还没有员工资料：正在向总部要，连上之后自动出现。</source>
        <translation>No staff on record yet: head office is being asked; they appear once it answers.</translation>
    </message>
    <message>
        <source>还没有选要退的商品：请选商品并填退货数量</source>
        <translation>No goods are picked for the return: pick them and enter the quantity</translation>
    </message>
    <message>
        <source>这一单已经取走：请在挂单列表里重新选择</source>
        <translation>This sale has been recalled already: choose again from the parked sales</translation>
    </message>
    <message>
        <source>这一单已经收过款，小票 {receipt}，应收 {payable}：请不要再收；要更改请办理退货</source>
        <translation>This sale has been paid, receipt {receipt}, payable {payable}: do not take payment again; to change it, make a return</translation>
    </message>
    <message>
        <source>这个商品刚刚停售：请重新查找</source>
        <translation>This product has just been withdrawn: search again</translation>
    </message>
    <message>
        <source>这个注册码已经用过：一个注册码只能登记一台终端，请向总部要新的。</source>
        <translation>This enrolment code has been used: a code enrols one till; ask head office for a new one.</translation>
    </message>
    <message>
        <source>这个注册码已经过期：请向总部要新的注册码。</source>
        <translation>This enrolment code has expired: ask head office for a new one.</translation>
    </message>
    <message>
        <source>这个班次还没有退过货，没有退货小票可补打</source>
        <translation>This shift has had no return yet, so there is no return receipt to reprint</translation>
    </message>
    <message>
        <source>这个编号已用于另一笔业务，本次没有办理：请返回重新办理</source>
        <translation>This number stands for something else already and nothing was done: go back and do it again</translation>
    </message>
    <message>
        <source>这位会员的资料已不在：可不用会员继续收款</source>
        <translation>This member is no longer on record: go on without a member</translation>
    </message>
    <message>
        <source>这张处方已不在本单上。</source>
        <translation>This prescription is no longer in this sale.</translation>
    </message>
    <message>
        <source>这张小票已经处理完了</source>
        <translation>This receipt has been dealt with</translation>
    </message>
    <message>
        <source>这条评价已给过积分，每条一次；请核对评价</source>
        <translation>This review has earned its points already, once a review; check the review</translation>
    </message>
    <message>
        <source>这笔兑换已经作废，不能再作废；请核对兑换记录</source>
        <translation>This redemption is void already and cannot be voided again; check the record</translation>
    </message>
    <message>
        <source>这笔兑换是 {day} 的，只能当天作废；积分有误请店长调整</source>
        <translation>This redemption is of {day} and could be voided that day only; if points are wrong, the store manager adjusts them</translation>
    </message>
    <message>
        <source>连不上总部（{address}）：{reason}。销售照常，恢复后自动上传。</source>
        <translation>Head office ({address}) cannot be reached: {reason}. Selling goes on; records are sent once it is back.</translation>
    </message>
    <message>
        <source>连不上总部（{address}）：没有及时回答。请稍后再试，或等网络恢复</source>
        <translation>Head office ({address}) cannot be reached: no answer in time. Try again shortly, or once the network is back</translation>
    </message>
    <message>
        <source>连不上打印机</source>
        <translation>The printer cannot be reached</translation>
    </message>
    <message>
        <source>连不上打印机：请检查电源和连线。接通后自动续打，不影响收款。</source>
        <translation>The printer cannot be reached: check power and cable. Printing goes on once it is back; selling is not held up.</translation>
    </message>
    <message>
        <source>退出登录</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>退出登录后购物篮保留，下一位登录可接着收款。</source>
        <translation>The basket stays after signing out; whoever signs in next can go on with it.</translation>
    </message>
    <message>
        <source>退格</source>
        <translation>Backspace</translation>
    </message>
    <message>
        <source>退货</source>
        <translation>Return goods</translation>
    </message>
    <message>
        <source>退货必须写明原因；请填写原因</source>
        <translation>A return names its reason; enter it</translation>
    </message>
    <message>
        <source>选</source>
        <translation>Pick</translation>
    </message>
    <message>
        <source>重试</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>金卡</source>
        <translation>Gold</translation>
    </message>
    <message>
        <source>金额 {amount} 过大，最多 {most}：请核对后重新输入</source>
        <translation>The amount {amount} is too large, at most {most}: check it and enter it again</translation>
    </message>
    <message>
        <source>钻石</source>
        <translation>Diamond</translation>
    </message>
    <message>
        <source>银卡</source>
        <translation>Silver</translation>
    </message>
    <message>
        <source>门店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>门店 {store} 的时区 {zone} 不认识：请用 Asia/Shanghai 这样的 IANA 时区名。</source>
        <translation>Store {store} has an unknown time zone {zone}: use an IANA name such as Asia/Shanghai.</translation>
    </message>
    <message>
        <source>限</source>
        <translation>!</translation>
    </message>
    <message>
        <source>非药品</source>
        <translation>Sundries</translation>
    </message>
    <message>
        <source>首</source>
        <translation>1st</translation>
    </message>
    <message>
        <source>首单</source>
        <translation>First purchase</translation>
    </message>
    <message>
        <source>首单 {rate}</source>
        <translation>First purchase {rate}</translation>
    </message>
    <message>
        <source>驳回原因</source>
        <translation>Reason for rejecting</translation>
    </message>
    <message>
        <source>驳回处方</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>驳回处方必须写明原因：请填写原因</source>
        <translation>Rejecting a prescription needs a reason: enter it</translation>
    </message>
    <message>
        <source>（其他优惠：{offers}）</source>
        <translation> (other offers: {offers})</translation>
    </message>
    <message>
        <source>＋ 收款</source>
        <translation>+ Pay</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
</context>
</TS>
